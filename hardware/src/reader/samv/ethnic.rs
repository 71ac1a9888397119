//! The ethnic groups of GB/T 3304 by their codes (hardware.md §4.4).

use std::fmt;

/// The names of 01 to 56 in order.
const NAMES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

/// An ethnic group by its code in GB/T 3304. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EthnicGroup {
    code: u8,
    name: &'static str,
}

impl EthnicGroup {
    /// The group with this code; `None` where the standard has none.
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        let name = match code {
            1..=56 => NAMES[usize::from(code) - 1],
            97 => "其他",
            98 => "外国血统",
            _ => return None,
        };
        Some(Self { code, name })
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> u8 {
        self.code
    }

    /// Its name in Chinese, as cards print it (without 族).
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }
}

impl fmt::Debug for EthnicGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EthnicGroup(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_58_codes_and_each_has_a_name_of_its_own() {
        let groups: Vec<_> = (0..=u8::MAX).filter_map(EthnicGroup::new).collect();
        assert_eq!(groups.len(), 58);
        let mut names: Vec<_> = groups.iter().map(|group| group.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 58);
    }

    #[test]
    fn codes_that_other_tables_get_wrong_are_right() {
        // Tables copied around are shifted behind 24, or misspell 46 (§4.4).
        for (code, name) in [
            (1, "汉"),
            (10, "朝鲜"),
            (23, "高山"),
            (24, "拉祜"),
            (25, "水"),
            (26, "东乡"),
            (30, "土"),
            (37, "仡佬"),
            (46, "德昂"),
            (50, "塔塔尔"),
            (56, "基诺"),
            (97, "其他"),
            (98, "外国血统"),
        ] {
            assert_eq!(
                EthnicGroup::new(code)
                    .expect("a code of the standard")
                    .name(),
                name,
                "{code}"
            );
        }
    }
}
