//! What somebody may have meant who mistyped a name.

/// The names nearest to `typed`, nearest first, at most `most` of them; names
/// equally near keep their order.
pub fn nearest<'a>(
    typed: &str,
    names: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let mut names: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (distance(typed, name), name))
        .collect();
    names.sort_by_key(|&(distance, _)| distance);
    names.truncate(most);
    names.into_iter().map(|(_, name)| name).collect()
}

/// Whether `typed` is near enough to a name to be a slip of it: at most one
/// character in three differs, and one may in any case.
pub fn is_slip(typed: &str, name: &str) -> bool {
    let length = name.chars().count();
    length > 0 && distance(typed, name) <= (length / 3).max(1)
}

/// Whether a text is like a name, whichever is the longer: at most one character in three
/// differs, or one where that is no more than half.
pub fn is_like(typed: &str, name: &str) -> bool {
    let longer = typed.chars().count().max(name.chars().count());
    let apart = distance(typed, name);
    apart <= (longer / 3).max(1) && apart * 2 <= longer
}

/// How many characters have to be put in, left out, replaced or swapped with the next to
/// turn one text into the other (Damerau, Levenshtein). Of a text only the first 64 characters count: nothing longer
/// is near to any name.
pub fn distance(one: &str, other: &str) -> usize {
    strsim::generic_damerau_levenshtein(&start(one), &start(other))
}

fn start(text: &str) -> Vec<char> {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_digit_is_one_apart() {
        assert_eq!(distance("000-13", "000-12"), 1);
        assert_eq!(distance("00013", "000-13"), 1);
        assert_eq!(distance("", "000-1"), 5);
        assert_eq!(distance("即墨市", "即墨区"), 1);
    }

    #[test]
    fn a_word_of_other_letters_is_no_slip() {
        assert!(is_slip("seds", "seeds"));
        assert!(is_slip("ambigous", "ambiguous"));
        assert!(is_slip("kesy", "keys"));
        assert!(!is_slip("3", ""));
        assert!(!is_slip("bogus", "mouse"));
        assert!(!is_slip("x", "json"));
    }

    #[test]
    fn what_shares_too_few_characters_is_not_like() {
        for (typed, name) in [("000-13", "000-12"), ("03-13", "003-13"), ("标提", "标题")] {
            assert!(is_like(typed, name), "{typed}");
        }
        for (typed, name) in [
            ("x1", "000-1"),
            ("foo", "org"),
            ("x", "年"),
            ("记者", "笔记"),
        ] {
            assert!(!is_like(typed, name), "{typed}");
        }
    }

    #[test]
    fn the_nearest_name_comes_first() {
        let names = ["000-1", "003-13", "004-8"];
        assert_eq!(nearest("03-13", names, 2), ["003-13", "000-1"]);
    }
}
