# newsarchive in fish. In ~/.config/fish/config.fish:  newsarchive completion fish | source

function __newsarchive_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string trim --left --chars '"\'')
    for line in (_NEWSARCHIVE_COMPLETE=fish $words[1] $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = :files\t
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end

complete --command newsarchive --no-files --keep-order --arguments '(__newsarchive_complete)'
