//! What a label is on the wire, and looks like on paper.

#[path = "support/labels.rs"]
mod labels;

use labels::{Bench, badge, font, parcel, profiles};
use lodge_hardware::label::Label;
use lodge_hardware::label::printer::{JobToken, Proof, Tell};

/// The labels whose bytes and looks are written down.
fn samples() -> [(&'static str, Label); 4] {
    [
        (
            "badge",
            badge("王小明", "海蓝科技有限公司", "受访人 陈经理"),
        ),
        (
            "long-badge",
            badge(
                "Maximiliana Featherstonehaugh-Vandenberg",
                "International Semiconductor Equipment and Services Limited",
                "Host: Bartholomew Longbottom, Facilities Management",
            ),
        ),
        (
            "long-chinese-badge",
            badge(
                "阿卜杜热合曼·买买提艾力·喆𠮷",
                "上海市浦东新区张江高科技园区华东精密仪器制造股份有限公司研发中心",
                "受访人 欧阳建国（设施管理部、行政部）",
            ),
        ),
        ("parcel", parcel("7-0042", "A-12", "王** 138****0000")),
    ]
}

#[test]
fn labels_look_like_this() {
    let mut seen = Vec::new();
    for profile in profiles() {
        for (name, label) in samples() {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                joined.print(1, label);
                joined.run(120);
            });
            let printed = Tell::Printed(JobToken(1), Proof::Watched);
            assert_eq!(bench.of_jobs(), [Tell::Ready(JobToken(1)), printed]);
            let sheets = bench.sim.sheets();
            assert_eq!((sheets.len(), bench.sim.surprises()), (1, 0));
            if let Some(folder) = std::env::var_os("LODGE_LABEL_PNGS") {
                let file = format!("{}-{name}.png", profile.name);
                let file = std::path::Path::new(&folder).join(file);
                std::fs::write(file, sheets[0].png(&font())).unwrap();
            }
            seen.push(format!("{}, {name}:\n{}", profile.name, sheets[0].text()));
        }
    }
    insta::assert_snapshot!(seen.join("\n\n"));
}
