//! Every control lies on one ground: no coloured area, which is no control and so is nothing to the other
//! checks, reaches under a part of it.

use lodge_ui::headless::Piece;

/// How far from a corner the ground is looked at, in pixels: outside of what smooths the edge.
const BESIDE: f32 = 4.0;
/// By how much of 255 the ground may differ: what smoothing and shades leave.
const SAME: u8 = 8;

/// The controls whose corners stand on different grounds, in this picture of the page.
pub fn torn<'a>(
    (width, height, pixels): (u32, u32, &[u8]),
    controls: &[&'a Piece],
) -> Vec<&'a Piece> {
    let colour = |x: f32, y: f32| -> Option<[u8; 3]> {
        let inside = x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32;
        let place = (y as usize * width as usize + x as usize) * 4;
        let pixel = pixels.get(place..place + 3).filter(|_| inside)?;
        Some([pixel[0], pixel[1], pixel[2]])
    };
    let differs = |control: &Piece| {
        let across = [control.x - BESIDE, control.x + control.width + BESIDE];
        let down = [control.y - BESIDE, control.y + control.height + BESIDE];
        let corners = across.iter().flat_map(|x| down.map(|y| colour(*x, y)));
        let corners: Vec<[u8; 3]> = corners.flatten().collect();
        let same = |one: &[u8; 3], other: &[u8; 3]| {
            let mut parts = one.iter().zip(other);
            parts.all(|(one, other)| one.abs_diff(*other) <= SAME)
        };
        corners.iter().any(|corner| !same(corner, &corners[0]))
    };
    let fixed = controls.iter().filter(|control| !control.scrolls);
    fixed.filter(|control| differs(control)).copied().collect()
}
