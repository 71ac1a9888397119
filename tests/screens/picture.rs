//! A page as pixels: drawn, each control on one ground, and kept where somebody wants to look at it.

use super::ground;
use super::sheet::Sheet;
use crate::Faults;
use lodge::screen::Screen;
use lodge_ui::headless::{self, Piece};

pub fn picture(screen: &Screen, sheet: &Sheet, page: &str, faults: &mut Faults) {
    let (width, height, pixels) = headless::snapshot(screen.kiosk()).expect("pixels");
    // One pixel of eight is enough to tell a page from an empty one.
    let first = &pixels[..4];
    let some = pixels.chunks_exact(4).step_by(8);
    let drawn = some.filter(|pixel| *pixel != first).count();
    faults.check(drawn > 250, page, || {
        format!("only {drawn} of an eighth of the pixels are drawn")
    });
    if sheet.countdown.is_none() {
        let pieces = headless::pieces(screen.kiosk());
        let controls: Vec<&Piece> = pieces.iter().filter(|piece| piece.control).collect();
        for control in ground::torn((width, height, &pixels), &controls) {
            faults.check(false, page, || {
                format!("something reaches under a control: {control:?}")
            });
        }
    }
    let Ok(folder) = std::env::var("LODGE_PICTURES") else {
        return;
    };
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    let file = std::fs::File::create(format!("{folder}/{page}.png")).expect("a file for a picture");
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .expect("a picture");
}
