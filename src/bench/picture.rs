//! Pictures of the screen as PNG files.

use crate::screen::Pixels;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// Writes a picture to this file; makes its folder.
pub(super) fn save(path: &Path, (width, height, pixels): &Pixels) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), *width, *height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().map_err(io::Error::other)?;
    writer.write_image_data(pixels).map_err(io::Error::other)
}
