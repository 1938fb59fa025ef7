//! How the page looks.

use super::words::words;

/// How the page looks, as far as the shop said. Mirrors `branding_settings`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Branding {
    /// `background_color`
    pub background_color: Option<Color>,
    /// `border_style`
    pub border_style: Option<BorderStyle>,
    /// `button_color`
    pub button_color: Option<Color>,
    /// `display_name`: the shop's name.
    pub display_name: Option<String>,
    /// `font_family`, by Stripe's name of it.
    pub font_family: Option<FontFamily>,
    /// `icon` or `logo`, of which there is one at most.
    pub image: Option<BrandImage>,
}

/// The picture beside the shop's name, or in its place, by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrandImage {
    /// `icon[url]`
    Icon(String),
    /// `logo[url]`
    Logo(String),
}

/// A colour as `#` and six hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Color(String);

impl Color {
    /// The colour that a text names; none when it names none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let is_color = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_color.then(|| Self(text.to_owned()))
    }

    /// It, as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

words! {
    /// How corners look. Mirrors `border_style`.
    BorderStyle {
        /// As round as can be.
        Pill = "pill",
        /// Not round.
        Rectangular = "rectangular",
        /// A little round.
        Rounded = "rounded",
    }
}

/// A family of letters. Mirrors `font_family`.
///
/// There is no other way to make one than [`Self::from_name`], so a family in hand is a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FontFamily(&'static str);

impl FontFamily {
    /// The family with this name; none when the page has no such letters.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|known| **known == name).copied().map(Self)
    }

    /// Stripe's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Every name there is.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        NAMES
    }
}

static NAMES: &[&str] = &[
    "be_vietnam_pro",
    "bitter",
    "chakra_petch",
    "default",
    "hahmlet",
    "inconsolata",
    "inter",
    "lato",
    "lora",
    "m_plus_1_code",
    "montserrat",
    "noto_sans",
    "noto_sans_jp",
    "noto_serif",
    "nunito",
    "open_sans",
    "pridi",
    "pt_sans",
    "pt_serif",
    "raleway",
    "roboto",
    "roboto_slab",
    "source_sans_pro",
    "titillium_web",
    "ubuntu_mono",
    "zen_maru_gothic",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_a_hash_and_six_digits() {
        for color in ["#ffffff", "#00A1b2"] {
            assert_eq!(Color::parse(color).unwrap().as_str(), color);
        }
        for odd in ["", "#", "ffffff", "#fff", "#fffffff", "#gggggg", "white", "#ééé"] {
            assert_eq!(Color::parse(odd), None, "{odd}");
        }
    }
}
