//! All label printers together: which of them can print what.

use crate::config::Prints;
use crate::slips::LabelKind;
use std::sync::{Mutex, MutexGuard};

/// How every label printer stands, the first of the settings first.
pub(in crate::devices) struct Stands(Mutex<Vec<Stand>>);

struct Stand {
    prints: &'static [LabelKind],
    able: bool,
    /// It stopped within a label, and takes no other one until that is at its end.
    holds: bool,
}

const ALL: [LabelKind; 2] = [LabelKind::Badge, LabelKind::Parcel];

impl Stands {
    /// Printers that nobody has heard of yet; until then they are taken for able.
    pub fn new(printers: impl Iterator<Item = Prints>) -> Self {
        let stand = |prints| Stand {
            prints: match prints {
                Prints::BadgesAndParcels => &ALL,
                Prints::Badges => &ALL[..1],
                Prints::Parcels => &ALL[1..],
            },
            able: true,
            holds: false,
        };
        Stands(Mutex::new(printers.map(stand).collect()))
    }

    /// The first printer that can print this, and is not at a label within which it stopped.
    pub fn chosen(&self, kind: LabelKind) -> Option<usize> {
        let stands = self.lock();
        let mut all = stands.iter();
        all.position(|stand| stand.prints(kind) && !stand.holds)
    }

    /// Notes whether a printer stopped within a label that is not at its end.
    pub fn hold(&self, printer: usize, holds: bool) {
        if let Some(stand) = self.lock().get_mut(printer) {
            stand.holds = holds;
        }
    }

    /// What can be printed on labels now.
    pub fn kinds(&self) -> Vec<LabelKind> {
        kinds(&self.lock())
    }

    /// Whether all of them can print; none where there is no label printer.
    pub fn all_able(&self) -> Option<bool> {
        let stands = self.lock();
        (!stands.is_empty()).then(|| stands.iter().all(|stand| stand.able))
    }

    /// Notes whether a printer can print; gives what can be printed on labels, where that changed.
    pub fn note(&self, printer: usize, able: bool) -> Option<Vec<LabelKind>> {
        let mut stands = self.lock();
        let before = kinds(&stands);
        if let Some(stand) = stands.get_mut(printer) {
            stand.able = able;
        }
        let now = kinds(&stands);
        (before != now).then_some(now)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Stand>> {
        self.0.lock().expect("nobody panics holding the printers")
    }
}

impl Stand {
    fn prints(&self, kind: LabelKind) -> bool {
        self.able && self.prints.contains(&kind)
    }
}

fn kinds(stands: &[Stand]) -> Vec<LabelKind> {
    ALL.into_iter()
        .filter(|kind| stands.iter().any(|stand| stand.prints(*kind)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_comes_out_of_the_first_printer_that_has_its_labels_and_can() {
        let printers = [Prints::Badges, Prints::BadgesAndParcels];
        let stands = Stands::new(printers.into_iter());
        assert_eq!(stands.chosen(LabelKind::Badge), Some(0));
        assert_eq!(stands.chosen(LabelKind::Parcel), Some(1));
        assert_eq!(stands.note(0, false), None, "the other one prints badges");
        assert_eq!(stands.chosen(LabelKind::Badge), Some(1));
        assert_eq!(stands.note(1, false), Some(Vec::new()));
        assert_eq!(stands.chosen(LabelKind::Badge), None);
        assert_eq!(stands.note(0, true), Some(vec![LabelKind::Badge]));
        assert_eq!(stands.chosen(LabelKind::Parcel), None);
        assert_eq!(stands.all_able(), Some(false));
    }

    #[test]
    fn a_printer_that_stopped_within_a_label_is_waited_for_unless_there_is_another() {
        let printers = [Prints::BadgesAndParcels, Prints::Badges];
        let stands = Stands::new(printers.into_iter());
        stands.hold(0, true);
        assert_eq!(stands.chosen(LabelKind::Badge), Some(1));
        assert_eq!(stands.chosen(LabelKind::Parcel), None);
        assert_eq!(stands.kinds(), ALL, "it is worth the wait");
        stands.hold(0, false);
        assert_eq!(stands.chosen(LabelKind::Badge), Some(0));
    }

    #[test]
    fn a_house_without_label_printers_prints_nothing_on_labels() {
        let stands = Stands::new(std::iter::empty());
        assert_eq!((stands.kinds(), stands.all_able()), (Vec::new(), None));
    }
}
