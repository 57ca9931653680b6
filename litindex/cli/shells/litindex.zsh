#compdef litindex
# Completion of litindex for zsh.
# What litindex offers is read as data, line by line; zsh quotes what it inserts.

_litindex() {
    local kind value about
    local -a values shown
    while IFS=$'\t' read -r kind value about; do
        case "$kind" in
            file) _files ;;
            dir) _files -/ ;;
            plain) values+=("$value"); shown+=("$value${about:+  -- $about}") ;;
        esac
    done < <(_LITINDEX_COMPLETE=zsh command litindex "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    (( $#values )) && compadd -U -l -V litindex -d shown -a values
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _litindex "$@"
else
    compdef _litindex litindex
fi
