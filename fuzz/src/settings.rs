//! The settings file and the environment: a wrong entry never stops the start,
//! and every mistake names a place and says one line.

use std::path::Path;

use anli::config::{self, Config, Mistake};
use anli::key::Key;
use anli::language::Language;

pub fn check(data: &[u8]) {
    let text = super::text_of(data);
    let (config, mistakes) = Config::parse(&text, Path::new("config.toml"));
    let lines = text.split('\n').count() as u32;
    for mistake in &mistakes {
        let line = mistake
            .place
            .line()
            .expect("a mistake of a file has a line");
        assert!((1..=lines).contains(&line), "{mistake} of {lines}");
    }
    check_words(&mistakes);
    assert!((1..=1000).contains(&config.measure));
    for binding in &config.keys {
        assert!((1..=lines).contains(&binding.line));
    }
    check_words(&config.unknown_actions(Path::new("config.toml"), &["down", "up"]));
    check_variables(config, &text);
    if let Ok(key) = text.parse::<Key>() {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
}

fn check_variables(mut config: Config, text: &str) {
    check_words(&config.override_by(|_| Some(text.to_owned())));
    let mistakes = config::setting_names().filter_map(|name| config.set(name, text, "--option"));
    check_words(&mistakes.collect::<Vec<_>>());
    for command in [
        config.pager_command(|_| Some(text.to_owned())),
        config.editor_command(|_| Some(text.to_owned())),
    ] {
        assert!(!command.is_empty());
    }
}

fn check_words(mistakes: &[Mistake]) {
    for mistake in mistakes {
        for language in [Language::Chinese, Language::English] {
            let sentence = mistake.message(language);
            assert!(!sentence.is_empty());
            assert_eq!(anli::text::gate::line(&sentence), sentence);
        }
    }
}
