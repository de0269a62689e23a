//! Whether a terminal's background is dark or light.

/// The background that text is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Background {
    Dark,
    Light,
}

impl Background {
    /// The background of this colour: light where black text has more contrast on it
    /// than white text.
    pub fn of_rgb(rgb: [u8; 3]) -> Self {
        let colour = luminance(rgb);
        let (black, white) = (contrast(colour, 0.0), contrast(colour, 1.0));
        if black > white {
            Self::Light
        } else {
            Self::Dark
        }
    }

    /// Reads a colour as X11 writes it (XParseColor(3)) and terminals answer it:
    /// `rgb:ff/ff/ff`, `rgba:ffff/ffff/ffff/ffff`, `#ffffff`, with one to four
    /// hexadecimal digits for each part. Transparency is not taken into account.
    /// `None` if it is no such colour.
    pub fn of_x11(colour: &str) -> Option<Self> {
        let parts: Vec<&str> = if let Some(digits) = colour.strip_prefix('#') {
            let each = digits.len() / 3;
            if !digits.is_ascii() || each == 0 || digits.len() % 3 != 0 {
                return None;
            }
            let part = |at: usize| &digits[at * each..(at + 1) * each];
            vec![part(0), part(1), part(2)]
        } else if let Some(parts) = colour.strip_prefix("rgba:") {
            let parts: Vec<&str> = parts.split('/').collect();
            let (_, colours) = parts.split_last().filter(|(_, rest)| rest.len() == 3)?;
            colours.to_vec()
        } else {
            colour.strip_prefix("rgb:")?.split('/').collect()
        };
        let parts: Vec<u8> = parts.into_iter().map(part_of_x11).collect::<Option<_>>()?;
        parts.try_into().ok().map(Self::of_rgb)
    }

    /// Reads the variable `COLORFGBG` of rxvt, Konsole and their kin: the numbers of
    /// the foreground and the background in the palette of sixteen, and sometimes
    /// `default` between them. The palette is the usual one: 0 to 6 and 8 are dark, 7
    /// and 9 to 15 are light. `None` for anything else.
    pub fn of_colorfgbg(value: &str) -> Option<Self> {
        let (_, background) = value.rsplit_once(';')?;
        match background.parse().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            16u16.. => None,
        }
    }
}

/// One to four hexadecimal digits, scaled to a byte.
fn part_of_x11(digits: &str) -> Option<u8> {
    let most: u32 = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => 0xffff,
        _ => return None,
    };
    // `from_str_radix` takes a sign.
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    u8::try_from((value * 255 + most / 2) / most).ok()
}

/// The relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2).
pub fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast ratio of two relative luminances, 1 to 21 (WCAG 2.2).
pub fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::Background::{Dark, Light};
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let ratio = |a, b| contrast(luminance(a), luminance(b));
        assert_eq!(format!("{:.1}", ratio([0; 3], [255; 3])), "21.0");
        // The grey that is commonly given as the lightest for text on white.
        let grey = ratio([0x76; 3], [255; 3]);
        assert_eq!(format!("{grey:.2}"), "4.54");
        assert_eq!(ratio([9, 8, 7], [9, 8, 7]), 1.0);
    }

    #[test]
    fn colours_are_read_with_one_to_four_digits() {
        for white in [
            "rgb:f/f/f",
            "rgb:ff/ff/ff",
            "rgb:fff/fff/fff",
            "rgb:ffff/FFFF/ffff",
            "rgba:fdfd/f6f6/e3e3/ffff",
            "rgba:ff/ff/ff/80",
            "#fff",
            "#fdf6e3",
            "#ffffffffffff",
        ] {
            assert_eq!(Background::of_x11(white), Some(Light), "{white}");
        }
        for black in [
            "rgb:0/0/0",
            "rgb:1e1e/1e1e/1e1e",
            "rgb:00/2b/36",
            "rgba:0000/0000/0000/0000",
            "#300a24",
        ] {
            assert_eq!(Background::of_x11(black), Some(Dark), "{black}");
        }
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for wrong in [
            "",
            "rgb:",
            "rgb:ff/ff",
            "rgb:ff/ff/ff/ff",
            "rgba:ff/ff/ff",
            "rgb:fffff/ff/ff",
            "rgb:+f/ff/ff",
            "rgb:gg/ff/ff",
            "#ffff",
            "#",
            "#白白",
            "white",
        ] {
            assert_eq!(Background::of_x11(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_variable_names_the_background_last() {
        let of = Background::of_colorfgbg;
        assert_eq!(of("15;0"), Some(Dark));
        assert_eq!(of("12;8"), Some(Dark));
        assert_eq!(of("0;15"), Some(Light));
        assert_eq!(of("0;default;7"), Some(Light));
        for wrong in ["", "0", "0;default", "0;default;default", "0;16", "0;-1"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
