//! Western code pages: what a byte from 80 up prints as (hardware.md §7.2).

/// One code page that receipt printers have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CodePage {
    /// PC437: USA and standard Europe.
    Cp437,
    /// PC850: Western Europe.
    Cp850,
    /// PC852: Central Europe.
    Cp852,
    /// PC858: PC850 with the euro sign.
    Cp858,
    /// PC860: Portuguese.
    Cp860,
    /// PC863: Canadian French.
    Cp863,
    /// PC865: Nordic.
    Cp865,
    /// WPC1250: Central Europe, as Windows has it.
    Wpc1250,
    /// WPC1252: Western Europe, as Windows has it.
    Wpc1252,
}

/// A code page as one make of printer knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeTable {
    /// What its bytes mean.
    pub page: CodePage,
    /// Its number in ESC t; 0 to 5 and 16 to 19 are the same on all makes, others differ.
    pub number: u8,
}

impl CodePage {
    /// Every code page.
    pub const ALL: [Self; 9] = [
        Self::Cp437,
        Self::Cp850,
        Self::Cp852,
        Self::Cp858,
        Self::Cp860,
        Self::Cp863,
        Self::Cp865,
        Self::Wpc1250,
        Self::Wpc1252,
    ];

    /// This page under the number that Epson gave it; for another make set the number of its manual.
    #[must_use]
    pub const fn as_epson(self) -> CodeTable {
        let number = match self {
            Self::Cp437 => 0,
            Self::Cp850 => 2,
            Self::Cp860 => 3,
            Self::Cp863 => 4,
            Self::Cp865 => 5,
            Self::Wpc1252 => 16,
            Self::Cp852 => 18,
            Self::Cp858 => 19,
            Self::Wpc1250 => 45,
        };
        CodeTable { page: self, number }
    }

    /// Its name in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cp437 => "cp437",
            Self::Cp850 => "cp850",
            Self::Cp852 => "cp852",
            Self::Cp858 => "cp858",
            Self::Cp860 => "cp860",
            Self::Cp863 => "cp863",
            Self::Cp865 => "cp865",
            Self::Wpc1250 => "wpc1250",
            Self::Wpc1252 => "wpc1252",
        }
    }

    /// The code page of that name in settings.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }

    /// The byte that prints this character; `None` when the page does not have it.
    #[must_use]
    pub fn byte(self, c: char) -> Option<u8> {
        match c {
            ' '..='~' => u8::try_from(c).ok(),
            UNUSED => None,
            _ if c.is_ascii() => None,
            _ => {
                let at = self.upper().chars().position(|known| known == c)?;
                u8::try_from(0x80 + at).ok()
            }
        }
    }

    /// What a byte prints; `None` for control bytes and for bytes the page does not use.
    #[must_use]
    pub fn char(self, byte: u8) -> Option<char> {
        match byte {
            0x20..=0x7E => Some(char::from(byte)),
            0x80.. => {
                let c = self.upper().chars().nth(usize::from(byte - 0x80))?;
                (c != UNUSED).then_some(c)
            }
            _ => None,
        }
    }

    /// The characters of bytes 80 to FF.
    const fn upper(self) -> &'static str {
        match self {
            Self::Cp437 => concat!(
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ",
                "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
                "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
                "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
            ),
            Self::Cp850 => concat!(
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ",
                "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
                "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
                "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
            ),
            Self::Cp852 => concat!(
                "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č",
                "áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐",
                "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀",
                "ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}",
            ),
            Self::Cp858 => concat!(
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ",
                "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
                "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀",
                "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}",
            ),
            Self::Cp860 => concat!(
                "ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧Ó",
                "áíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
                "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
                "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
            ),
            Self::Cp863 => concat!(
                "ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ",
                "¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
                "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
                "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
            ),
            Self::Cp865 => concat!(
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒ",
                "áíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
                "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
                "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}",
            ),
            Self::Wpc1250 => concat!(
                "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź",
                "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż",
                "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß",
                "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
            ),
            Self::Wpc1252 => concat!(
                "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ",
                "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿",
                "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
                "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
            ),
        }
    }
}

/// Stands in a table where a byte prints nothing.
const UNUSED: char = '\u{FFFD}';
