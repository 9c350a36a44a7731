# newsarchive in bash. In ~/.bashrc:  eval "$(newsarchive completion bash)"

_newsarchive_complete() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default 2>/dev/null
        else
            COMPREPLY+=("$line")
        fi
    done < <(_NEWSARCHIVE_COMPLETE=bash COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_TYPE=$COMP_TYPE \
        COMP_WORDBREAKS=$COMP_WORDBREAKS "$1" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *[:=] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}

complete -o nosort -F _newsarchive_complete newsarchive 2>/dev/null ||
    complete -F _newsarchive_complete newsarchive
