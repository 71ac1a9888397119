//! The search box: what is asked, what was found, and the way from there to a row in its room.

use super::event::Effect;
use super::facts::Hit;
use super::rooms::stands;
use super::session::{Awaited, Focus, Turn, look};

impl Turn<'_> {
    /// Looks for what stands in the box; what was looked for before is of no use any more.
    pub(super) fn search(&mut self) {
        let text = self.session.search.trim().to_owned();
        self.session.leads_on = false;
        if text.is_empty() {
            self.drop_search();
            return;
        }
        let Some(me) = self.me() else {
            return;
        };
        let request = self.ask(Awaited::Search);
        self.effects.push(Effect::Search(request, me, text));
    }

    /// What is shown is looked for again, because it may stand otherwise now.
    pub(super) fn search_again(&mut self) {
        let is_shown = self.session.hits.is_some();
        // What was shown without a text that finds it stays as it was.
        if is_shown && !self.session.search.trim().is_empty() {
            let leads_on = self.session.leads_on;
            self.search();
            self.session.leads_on = leads_on;
        }
    }

    /// Nothing is looked for: an answer that still comes is of no use either.
    pub(super) fn drop_search(&mut self) {
        self.session.search.clear();
        self.session.hits = None;
        self.session.leads_on = false;
        let asked = &mut self.session.asked;
        asked.retain(|(_, awaited)| *awaited != Awaited::Search);
    }

    /// What was found, by the latest of all searches.
    pub(super) fn found(&mut self, hits: Vec<Hit>) {
        self.session.hits = Some(hits);
        self.keep_row();
        let leads_on = std::mem::take(&mut self.session.leads_on);
        // Enter was pressed before the books had answered.
        if leads_on && self.session.dialog.is_none() && self.session.place.focus == Focus::Search {
            self.lead_to_room();
        }
    }

    /// What was typed was for finding; now the row is worked on, in its room where it has one.
    pub(super) fn agree_to_search(&mut self) {
        let mut asked = self.session.asked.iter();
        match asked.any(|(_, awaited)| *awaited == Awaited::Search) {
            // What is shown was found for another text: on with the answer.
            true => self.session.leads_on = true,
            false => self.lead_to_room(),
        }
    }

    /// Leads from what was found to its row in its room.
    fn lead_to_room(&mut self) {
        self.session.place.focus = Focus::Table;
        let place = self.session.place.row;
        let hit = self.session.hits.as_ref().and_then(|hits| hits.get(place));
        let look = look(&self.session, self.house, self.at);
        let stands = hit.zip(look).and_then(|(hit, look)| stands(hit, &look));
        if let Some((room, tab, key)) = stands {
            self.go(room, tab);
            self.session.place.key = key;
            self.keep_row();
        }
    }
}
