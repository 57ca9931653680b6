# Completion of litindex for bash 4.4 and newer.
# What litindex offers is read as data, line by line: nothing of it is expanded, split or run. litindex quotes it.

_litindex_completion() {
    local kind value about line="${COMP_LINE:0:COMP_POINT}"
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        case "$kind" in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(_LITINDEX_COMPLETE=bash command litindex "$line" "$2" 2>/dev/null)
}

complete -o nosort -F _litindex_completion litindex
