//! `anli completions`: a script that completes command lines in a shell. Each
//! script asks the program itself at every Tab ([`super::candidates`]), so that
//! it completes case ids and values of fields too and never grows stale.

use std::path::{Path, PathBuf};

use clap::{Arg, Command};

use super::{Call, Failure, Outcome, Subcommand, install};
use crate::language::Labels;

pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "completions",
    synopsis: "[SHELL]",
    about: |labels| labels.help.completions,
    heeds: &[],
    define,
    run,
};

fn define(command: Command, labels: &Labels) -> Command {
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required_unless_present("install")
        .value_parser(["bash", "zsh", "fish"])
        .hide_possible_values(true)
        .help(labels.help.shell);
    install::define(command.arg(shell), labels)
}

fn run(call: &mut Call) -> Result<Outcome, Failure> {
    let named = call.matches.get_one::<String>("shell").cloned();
    let name = named.or_else(own_shell);
    let shell = SHELLS
        .iter()
        .find(|shell| Some(shell.name) == name.as_deref());
    let Some(shell) = shell else {
        return Err(Failure::Said(vec![
            call.labels.answer.which_shell.to_owned(),
        ]));
    };
    if !install::is_asked(call) {
        call.output.text(shell.script)?;
        return Ok(Outcome::Done);
    }
    let folder = install::folder(call, (shell.folder)())?;
    let file = folder.join(shell.file);
    install::put(&file, shell.script, call)?;
    let advice = (call.labels.answer.loads_completions)(shell.name, &folder.to_string_lossy());
    call.output.sentence(&advice)?;
    Ok(Outcome::Done)
}

/// The name of the shell that the environment names, such as `zsh`.
fn own_shell() -> Option<String> {
    let shell = std::env::var_os("SHELL")?;
    let name = Path::new(&shell).file_name()?;
    Some(name.to_str()?.to_owned())
}

/// A shell, and where it looks for completions.
struct Shell {
    name: &'static str,
    script: &'static str,
    /// What the file is called, by which the shell knows whose command it completes.
    file: &'static str,
    /// The user's folder, if there is a home folder.
    folder: fn() -> Option<PathBuf>,
}

/// Folders by the README of bash-completion 2 (`BASH_COMPLETION_USER_DIR`), and by
/// fish's documentation of `complete` ("where to put completions"). Zsh has none of its
/// own; `site-functions` is what its packages call theirs.
const SHELLS: [Shell; 3] = [
    Shell {
        name: "bash",
        script: BASH,
        file: "anli",
        folder: || {
            let data = install::user_folder("XDG_DATA_HOME", ".local/share")?;
            Some(data.join("bash-completion/completions"))
        },
    },
    Shell {
        name: "zsh",
        script: ZSH,
        file: "_anli",
        folder: || {
            let data = install::user_folder("XDG_DATA_HOME", ".local/share")?;
            Some(data.join("zsh/site-functions"))
        },
    },
    Shell {
        name: "fish",
        script: FISH,
        file: "anli.fish",
        folder: || {
            let config = install::user_folder("XDG_CONFIG_HOME", ".config")?;
            Some(config.join("fish/completions"))
        },
    },
];

/// Readline splits words at `:` and `=` as well, and replaces only the
/// text after the last of them. The script joins the parts for the program and cuts the
/// prefix off the candidates.
const BASH: &str = r##"_anli() {
    local rest=$COMP_LINE words=() word i n=-1 glued IFS=$' \t\n'
    for ((i = 0; i <= COMP_CWORD; i++)); do
        glued=1
        while [[ $rest == [[:blank:]]* ]]; do
            rest=${rest#?}
            glued=
        done
        word=${COMP_WORDS[i]}
        rest=${rest#"$word"}
        if [[ $n -ge 0 && $glued ]]; then
            words[n]+=$word
        else
            words[++n]=$word
        fi
    done
    local current=${words[n]} cut= value
    case $current in
        *[:=]*) cut=${current%"${current##*[:=]}"} ;;
    esac
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        if [[ $cut && $value == "$cut"* ]]; then
            value=${value#"$cut"}
        fi
        COMPREPLY+=("$value")
    done < <(anli __complete "${words[@]}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=/] ]]; then
        compopt -o nospace 2>/dev/null
    elif [[ ${#COMPREPLY[@]} -eq 1 ]]; then
        COMPREPLY[0]=$(printf '%q' "${COMPREPLY[0]}")
    fi
}
complete -F _anli anli
"##;

const ZSH: &str = r##"#compdef anli
_anli() {
    local line value
    local -a values shown open_values open_shown
    for line in "${(@f)$(anli __complete "${(@)words[1,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        if [[ $line == *$'\t'* ]]; then
            line="$value  -- ${line#*$'\t'}"
        fi
        if [[ $value == *[:=/] ]]; then
            open_values+=("$value")
            open_shown+=("$line")
        else
            values+=("$value")
            shown+=("$line")
        fi
    done
    (( $#values )) && compadd -l -d shown -a values
    (( $#open_values )) && compadd -S '' -l -d open_shown -a open_values
    (( $#values + $#open_values ))
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _anli "$@"
else
    compdef _anli anli
fi
"##;

const FISH: &str = r##"complete -c anli -f -a '(anli __complete (commandline -opc) (commandline -ct) 2>/dev/null)'
"##;
