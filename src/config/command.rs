//! Programs that the user names: a vector of arguments, never a shell.

/// Splits a command at white space; quotation marks, single or double, keep
/// what they enclose in one piece. Nothing is expanded. `None` where a mark is
/// not closed.
pub fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.next()? {
                        end if end == c => break,
                        inside => word.push(inside),
                    }
                }
            }
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

/// The first command that is set: the setting's, else a variable's, else the
/// one that every system has.
pub fn first(
    setting: &Option<Vec<String>>,
    variables: &[&str],
    variable: impl Fn(&str) -> Option<String>,
    last: &str,
) -> Vec<String> {
    if let Some(command) = setting {
        return command.clone();
    }
    let mut commands = variables
        .iter()
        .filter_map(|name| variable(name))
        .filter_map(|command| split(&command));
    let command = commands.find(|words| words.first().is_some_and(|word| !word.is_empty()));
    command.unwrap_or_else(|| vec![last.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_and_never_expanded() {
        let check = |command: &str, words: &[&str]| {
            let words_of = split(command).expect("every mark is closed");
            assert_eq!(words_of, words);
        };
        check("", &[]);
        check("  less  -R ", &["less", "-R"]);
        check("a\"b c\"d 'e\"f' ''", &["ab cd", "e\"f", ""]);
        check(
            "echo $HOME `id` $(id); rm *",
            &["echo", "$HOME", "`id`", "$(id);", "rm", "*"],
        );
        assert_eq!(split("a 'b"), None);
    }
}
