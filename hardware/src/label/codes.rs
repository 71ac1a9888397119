//! How large codes become, before the printer draws them.

/// Most bytes in a QR code of level M, version 1 to 40 (ISO 18004).
const QR_BYTES: [u16; 40] = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911,
    1989, 2099, 2213, 2331,
];

/// Modules that stay white on each side of a QR code. Four by the standard; two do on white labels.
const QR_QUIET: u32 = 2;
/// Modules that stay white on each side of a bar code (ISO 15417).
const BAR_QUIET: u32 = 10;

/// A module smaller than this is not read reliably off a label: 0.3 mm and 0.25 mm.
const LEAST_QR_TENTHS: u32 = 3;
const LEAST_BAR_HUNDREDTHS: u32 = 25;

/// The largest modules both languages know.
const MOST_DOTS: u32 = 10;

/// Where a code stands in its area, and how many dots its modules have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fitted {
    pub(crate) module: u32,
    pub(crate) left: u32,
    pub(crate) top: u32,
}

/// A QR code of so many bytes in an area of dots; `None` when it would be too fine to be read.
///
/// Counted for bytes: a printer that packs digits tighter draws a smaller one.
pub(crate) fn qr(bytes: usize, width: u32, height: u32, dots_per_mm: u8) -> Option<Fitted> {
    let version = QR_BYTES
        .iter()
        .position(|most| bytes <= usize::from(*most))?;
    let side = 21 + 4 * u32::try_from(version).ok()?;
    let least = (LEAST_QR_TENTHS * u32::from(dots_per_mm)).div_ceil(10);
    let module = (width.min(height) / (side + 2 * QR_QUIET)).min(MOST_DOTS);
    (module >= least).then(|| Fitted {
        module,
        left: (width - side * module) / 2,
        top: (height - side * module) / 2,
    })
}

/// A bar code of so many characters in a row of dots; `None` when it would be too fine.
///
/// Counted for set B: a printer that packs digits in pairs draws a shorter one.
pub(crate) fn code128(characters: usize, width: u32, dots_per_mm: u8) -> Option<Fitted> {
    let characters = u32::try_from(characters).ok().filter(|n| *n <= 200)?;
    let modules = 11 * (characters + 2) + 13;
    let least = (LEAST_BAR_HUNDREDTHS * u32::from(dots_per_mm)).div_ceil(100);
    let module = (width / (modules + 2 * BAR_QUIET)).min(MOST_DOTS);
    (module >= least).then(|| Fitted {
        module,
        left: (width - modules * module) / 2,
        top: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_code_fills_its_area_and_a_long_one_is_refused() {
        // 20 mm at 203 dpi, version 1: 21 modules and 4 white ones.
        let fitted = qr(14, 160, 200, 8).expect("the code fits this label");
        assert_eq!((fitted.module, fitted.left, fitted.top), (6, 17, 37));
        assert_eq!(
            qr(62, 160, 160, 8)
                .expect("the code fits this label")
                .module,
            4
        );
        assert_eq!(qr(2331, 160, 160, 8), None);
        assert_eq!(qr(2332, 10_000, 10_000, 8), None);
        assert_eq!(
            code128(10, 448, 8)
                .expect("the code fits this label")
                .module,
            2
        );
        assert_eq!(code128(20, 448, 8), None);
        assert_eq!(code128(usize::MAX, 448, 8), None);
    }
}
