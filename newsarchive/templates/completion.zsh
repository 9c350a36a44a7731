#compdef newsarchive
# newsarchive in zsh. In ~/.zshrc, after compinit:  eval "$(newsarchive completion zsh)"

_newsarchive() {
    local line text
    local -a found items suffix
    found=("${(@f)$(_NEWSARCHIVE_COMPLETE=zsh "${words[1]}" "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    for line in $found; do
        text=${line%%$'\t'*}
        if [[ $text == :files ]]; then
            _files
        else
            [[ $text == *[:=] ]] && suffix=(-S '')
            items+=("${${text//\\/\\\\}//:/\\:}:${line#*$'\t'}")
        fi
    done
    (( $#items )) && _describe -V newsarchive items "${suffix[@]}"
}

if [[ ${funcstack[1]} == _newsarchive ]]; then
    _newsarchive "$@"  # loaded from a folder of $fpath
else
    compdef _newsarchive newsarchive
fi
