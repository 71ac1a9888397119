//! CODE128 as a printer draws it from the data of GS k 49 (ISO 15417).

/// Widths in modules of bar, space, bar, space, bar and space, of each symbol value in turn.
const SYMBOLS: &[u8] = concat!(
    "212222222122222221121223121322131222122213122312132212221213221312231212",
    "112232122132122231113222123122123221223211221132221231213212223112312131",
    "311222321122321221312212322112322211212123212321232121111323131123131321",
    "112313132113132311211313231113231311112133112331132131113123113321133121",
    "313121211331231131213113213311213131311123311321331121312113312311332111",
    "314111221411431111111224111422121124121421141122141221112214112412122114",
    "122411142112142211241211221114413111241112134111111242121142121241114212",
    "124112124211411212421112421211212141214121412121111143111341131141114113",
    "1143114111134113111131411141313111414111312114122112142112322331112",
)
.as_bytes();
const STOP_BARS: &[u8] = b"2331112";
const START_A: u8 = 103;
/// What changes the set, by the set that is changed to.
const TO: [u8; 3] = [101, 100, 99];

/// A drawn barcode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Bars {
    /// Widths in modules of bars and spaces in turn, a bar first.
    pub(crate) widths: Vec<u8>,
    /// What stands beside it.
    pub(crate) text: String,
}

impl Bars {
    /// The bars of GS k's data; `None` where a printer would draw nothing.
    pub(crate) fn of(data: &[u8]) -> Option<Self> {
        let (mut values, mut text) = (Vec::new(), String::new());
        let mut set = None;
        let mut rest = data;
        while let [first, next @ ..] = rest {
            match (first, next) {
                (b'{', [change @ (b'A' | b'B' | b'C'), after @ ..]) => {
                    let to = usize::from(change - b'A');
                    values.push(match set.replace(*change) {
                        None => START_A + (change - b'A'),
                        Some(_) => TO[to],
                    });
                    rest = after;
                    continue;
                }
                (b'{', [b'{', after @ ..]) => rest = after,
                (b'{', _) => return None,
                (_, after) => rest = after,
            }
            let value = match (set?, *first) {
                (b'C', pair @ 0..=99) => {
                    text.push_str(&format!("{pair:02}"));
                    values.push(pair);
                    continue;
                }
                (b'B', byte @ 0x20..=0x7F) => byte - 0x20,
                (b'A', byte @ 0x20..=0x5F) => byte - 0x20,
                (b'A', byte @ 0x00..=0x1F) => byte + 0x40,
                _ => return None,
            };
            text.push(char::from(*first));
            values.push(value);
        }
        if values.len() < 2 {
            return None;
        }
        values.push(check(&values));
        let symbols = values.iter().flat_map(|value| {
            let at = 6 * usize::from(*value);
            &SYMBOLS[at..at + 6]
        });
        let widths = symbols.chain(STOP_BARS).map(|digit| digit - b'0');
        Some(Self {
            widths: widths.collect(),
            text,
        })
    }

    /// Modules from the first bar to the last.
    pub(crate) fn modules(&self) -> u32 {
        self.widths.iter().map(|width| u32::from(*width)).sum()
    }
}

/// The start's value, and each symbol's times its place, modulo 103.
fn check(values: &[u8]) -> u8 {
    let weighed = values.iter().enumerate();
    let sum: u64 = weighed.map(|(i, v)| i.max(1) as u64 * u64::from(*v)).sum();
    (sum % 103) as u8
}
