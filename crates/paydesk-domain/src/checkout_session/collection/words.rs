//! Enumerations that Stripe writes as words and that mean nothing more to Paydesk than that.

/// Makes an enumeration of variants with the words they are written as.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every word with what it stands for.
            pub const WORDS: &'static [(&'static str, Option<Self>)] =
                &[$(($word, Some(Self::$variant)),)+];

            /// Stripe's word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What a word stands for; none when it is none of these.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(known, _)| *known == word).and_then(|(_, value)| *value)
            }
        }
    };
}
pub(super) use words;
