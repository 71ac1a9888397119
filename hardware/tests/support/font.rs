//! What the kiosk draws with where a printer's own fonts lack a letter.

use std::sync::OnceLock;

use ab_glyph::FontArc;

/// The font that the kiosk's screen has.
pub fn font() -> FontArc {
    static FONT: OnceLock<FontArc> = OnceLock::new();
    let read = || {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../ui/fonts/NotoSansSC-Regular.ttf"
        );
        FontArc::try_from_vec(std::fs::read(path).unwrap()).unwrap()
    };
    FONT.get_or_init(read).clone()
}
