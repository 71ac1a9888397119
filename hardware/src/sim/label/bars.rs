//! CODE128 as bars (ISO 15417), all in set B.

/// Widths of bars and spaces, in modules, of the symbols 0 to 105 and the stop.
const WIDTHS: [u32; 107] = [
    212222, 222122, 222221, 121223, 121322, 131222, 122213, 122312, 132212, 221213, 221312, 231212,
    112232, 122132, 122231, 113222, 123122, 123221, 223211, 221132, 221231, 213212, 223112, 312131,
    311222, 321122, 321221, 312212, 322112, 322211, 212123, 212321, 232121, 111323, 131123, 131321,
    112313, 132113, 132311, 211313, 231113, 231311, 112133, 112331, 132131, 113123, 113321, 133121,
    313121, 211331, 231131, 213113, 213311, 213131, 311123, 311321, 331121, 312113, 312311, 332111,
    314111, 221411, 431111, 111224, 111422, 121124, 121421, 141122, 141221, 112214, 112412, 122114,
    122411, 142112, 142211, 241211, 221114, 413111, 241112, 134111, 111242, 121142, 121241, 114212,
    124112, 124211, 411212, 421112, 421211, 212141, 214121, 412121, 111143, 111341, 131141, 114113,
    114311, 411113, 411311, 113141, 114131, 311141, 411131, 211412, 211214, 211232, 2331112,
];
const START_B: usize = 104;
const STOP: usize = 106;

/// The modules of a bar code, true for black; characters that set B has not are left out.
pub(super) fn modules(data: &str) -> Vec<bool> {
    let values = data.bytes().filter(|byte| (0x20..0x80).contains(byte));
    let values: Vec<usize> = values.map(|byte| usize::from(byte - 0x20)).collect();
    let sum: usize = (1..).zip(&values).map(|(place, value)| place * value).sum();
    let check = (START_B + sum) % 103;
    let symbols = [&[START_B], &values[..], &[check, STOP]].concat();
    let widths = symbols.into_iter().map(|symbol| WIDTHS[symbol].to_string());
    let mut modules = Vec::new();
    for width in widths.collect::<String>().bytes() {
        let black = modules.last().is_none_or(|last: &bool| !last);
        modules.extend(vec![black; usize::from(width - b'0')]);
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_eleven_modules_and_begins_black() {
        let modules = modules("SF 10!");
        assert_eq!(modules.len(), 11 * (6 + 2) + 13);
        let starts = modules.chunks(11).map(|symbol| symbol[0]);
        assert!(starts.take(9).all(|black| black));
    }
}
