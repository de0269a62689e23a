//! 双拼: layouts that type every syllable with two keys.

/// A layout of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// 自然码
    Ziranma,
    /// 小鹤双拼
    Xiaohe,
    /// 微软双拼
    Microsoft,
    /// 搜狗双拼
    Sogou,
    /// 智能 ABC
    Abc,
}

/// What a syllable without an initial begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zero {
    /// Its own first letter: `aa`, `ai`, `ah` for a, ai, ang.
    Letter,
    /// The key `o`: `oa`, `ol`, `oh`.
    O,
}

/// The keys of a layout. Initials and finals that are not listed are typed as
/// they are.
struct Layout {
    /// Keys of zh, ch, sh.
    initials: [char; 3],
    /// Finals, each with its key.
    finals: &'static str,
    zero: Zero,
}

impl Scheme {
    /// All layouts, with the names under which a setting may give them.
    pub const ALL: [(Self, &str, &str); 5] = [
        (Self::Ziranma, "ziranma", "自然码"),
        (Self::Xiaohe, "xiaohe", "小鹤"),
        (Self::Microsoft, "microsoft", "微软"),
        (Self::Sogou, "sogou", "搜狗"),
        (Self::Abc, "abc", "智能ABC"),
    ];

    /// The pairs of keys that type a syllable, ü in it as `v`.
    pub fn keys(self, syllable: &str) -> impl Iterator<Item = String> {
        let layout = self.layout();
        let (initial, rest) = split(syllable);
        let mut pairs = Vec::new();
        if initial.is_empty() {
            let first = syllable.chars().next().unwrap_or_default();
            let keys = layout.final_keys(rest);
            pairs.extend(keys.iter().map(|key| format!("{first}{key}")));
            match layout.zero {
                Zero::Letter if rest.len() == 2 => pairs.push(rest.to_owned()),
                Zero::Letter => {}
                Zero::O => pairs.extend(keys.iter().map(|key| format!("o{key}"))),
            }
        } else {
            let first = layout.initial_key(initial);
            let finals = layout.final_keys(rest).into_iter();
            pairs.extend(finals.map(|key| format!("{first}{key}")));
            if rest == "u" && ["j", "q", "x", "y"].contains(&initial) {
                let finals = layout.final_keys("v").into_iter();
                pairs.extend(finals.map(|key| format!("{first}{key}")));
            }
        }
        pairs.into_iter()
    }

    fn layout(self) -> Layout {
        match self {
            Self::Ziranma => Layout {
                initials: ['v', 'i', 'u'],
                finals: "iu:q ia:w ua:w uan:r van:r ue:t ve:t ing:y uai:y uo:o un:p vn:p ong:s \
                         iong:s iang:d uang:d en:f eng:g ang:h an:j ao:k ai:l ei:z ie:x iao:c \
                         ui:v v:v ou:b in:n ian:m",
                zero: Zero::Letter,
            },
            Self::Xiaohe => Layout {
                initials: ['v', 'i', 'u'],
                finals: "iu:q ei:w uan:r van:r ue:t ve:t un:y vn:y uo:o ie:p ong:s iong:s ai:d \
                         en:f eng:g ang:h an:j ing:k uai:k iang:l uang:l ou:z ia:x ua:x ao:c \
                         ui:v v:v in:b iao:n ian:m",
                zero: Zero::Letter,
            },
            Self::Microsoft => Layout {
                initials: ['v', 'i', 'u'],
                finals: "iu:q ia:w ua:w uan:r van:r er:r ue:t ve:t ue:v ve:v uai:y v:y uo:o un:p \
                         vn:p ong:s iong:s iang:d uang:d en:f eng:g ang:h an:j ao:k ai:l ing:; \
                         ei:z ie:x iao:c ui:v ou:b in:n ian:m",
                zero: Zero::O,
            },
            Self::Sogou => Layout {
                initials: ['v', 'i', 'u'],
                finals: "iu:q ia:w ua:w uan:r van:r er:r ue:t ve:t uai:y v:y uo:o un:p vn:p ong:s \
                         iong:s iang:d uang:d en:f eng:g ang:h an:j ao:k ai:l ing:; ei:z ie:x \
                         iao:c ui:v ou:b in:n ian:m",
                zero: Zero::O,
            },
            Self::Abc => Layout {
                initials: ['a', 'e', 'v'],
                finals: "ei:q ian:w er:r iu:r iang:t uang:t ing:y uo:o uan:p van:p ong:s iong:s \
                         ia:d ua:d en:f eng:g ang:h an:j ao:k ai:l iao:z ie:x in:c uai:c ou:b \
                         un:n vn:n ue:m ve:m ui:m",
                zero: Zero::O,
            },
        }
    }
}

impl Layout {
    fn initial_key(&self, initial: &str) -> char {
        match initial {
            "zh" => self.initials[0],
            "ch" => self.initials[1],
            "sh" => self.initials[2],
            _ => initial.chars().next().unwrap_or_default(),
        }
    }

    /// The keys that type a final: one, or two where the layout leaves a choice.
    fn final_keys<'a>(&self, name: &'a str) -> Vec<&'a str> {
        let pairs = self
            .finals
            .split_whitespace()
            .filter_map(|pair| pair.split_once(':'));
        let keys: Vec<&str> = pairs
            .filter(|pair| pair.0 == name)
            .map(|pair| pair.1)
            .collect();
        if keys.is_empty() && name.len() == 1 {
            vec![name]
        } else {
            keys
        }
    }
}

/// The initial of a syllable, which may be empty, and its final.
fn split(syllable: &str) -> (&str, &str) {
    let length = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'a' | b'e' | b'o', ..] => 0,
        _ => 1,
    };
    syllable.split_at(length.min(syllable.len()))
}

#[cfg(test)]
mod tests {
    use super::super::SYLLABLES;
    use super::*;

    #[track_caller]
    fn check(scheme: Scheme, syllables: &str, keys: &str) {
        for (syllable, keys) in syllables.split(' ').zip(keys.split(' ')) {
            let typed: Vec<String> = scheme.keys(syllable).collect();
            assert!(
                typed.contains(&keys.to_owned()),
                "{scheme:?} {syllable} {typed:?}"
            );
        }
    }

    #[test]
    fn ziranma_types_as_its_users_do() {
        check(
            Scheme::Ziranma,
            "shuang pin zi ran ma ang ai lv",
            "ud pn zi rj ma ah ai lv",
        );
    }

    #[test]
    fn xiaohe_types_as_its_users_do() {
        check(
            Scheme::Xiaohe,
            "xiao he shuang pin zhong guo er ang",
            "xn he ul pb vs go er ah",
        );
    }

    #[test]
    fn microsoft_types_as_its_users_do() {
        check(
            Scheme::Microsoft,
            "qing dao shi ai er lv xue",
            "q; dk ui ol or ly xt",
        );
    }

    #[test]
    fn sogou_types_as_its_users_do() {
        check(Scheme::Sogou, "chuang xin jing ji ang", "id xn j; ji oh");
    }

    #[test]
    fn abc_types_as_its_users_do() {
        check(
            Scheme::Abc,
            "zhi neng shuang chuang an xin",
            "ai ng vt et oj xc",
        );
    }

    #[test]
    fn every_syllable_takes_two_keys_in_every_layout() {
        for (scheme, _, _) in Scheme::ALL {
            for syllable in SYLLABLES {
                let keys: Vec<String> = scheme.keys(syllable).collect();
                // Interjections (eng, lo) are not in every layout.
                assert!(
                    keys.iter().all(|keys| keys.len() == 2),
                    "{scheme:?} {syllable} {keys:?}"
                );
            }
            assert_eq!(scheme.keys("dian").count(), 1);
        }
    }
}
