# Completion of litindex for fish 3.1 and newer.
# What litindex offers is printed as data, a line each; fish quotes what it inserts.

function __litindex_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -e words[1]
    _LITINDEX_COMPLETE=fish command litindex $words "$current" 2>/dev/null | while read -l -d \t kind value about
        switch $kind
            case file
                __fish_complete_path "$current"
            case dir
                __fish_complete_directories "$current"
            case plain
                printf '%s\t%s\n' $value "$about"
        end
    end
end

complete --no-files --keep-order --command litindex --arguments '(__litindex_complete)'
