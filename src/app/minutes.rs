//! Records of a round's office, made in the tally: notes on the discussion, votes, the order of
//! tied cases.

use super::App;
use super::action::Effect;
use super::picker::{Picker, Purpose};
use super::words::Label;
use crate::jury::acts::{self, Kind};
use crate::jury::entry::LONGEST_TEXT;
use crate::jury::words;

impl App {
    /// Opens a line to record something about a case. `case` is its position in the docket.
    pub(super) fn ask_for_act(&mut self, kind: Kind, case: Option<usize>) {
        let Some(seat) = self.seat().map(std::sync::Arc::clone) else {
            return;
        };
        if seat.juror().is_some() {
            let why = words::for_the_office();
            self.notice = Some(why.in_language(self.settings.language).to_owned());
            return;
        }
        if case.is_none() {
            self.notice = Some(self.words().case_needed.to_owned());
            return;
        }
        let line = acts::begun(kind, &seat, case, self.settings.language);
        self.prompt_for_act(kind, case, &line);
    }

    fn prompt_for_act(&mut self, kind: Kind, case: Option<usize>, line: &str) {
        let title = match kind {
            Kind::Note => Label("讨论记录", "note on the discussion"),
            Kind::Vote => Label("表决：填写各项人数", "vote: fill in the numbers"),
            Kind::Order => Label(
                "并列案例：按先后写编号，再写理由",
                "tied cases: ids, best first, then reason=…",
            ),
        };
        let prompt = Picker::prompt(title, line, Purpose::Act(kind, case));
        let id = case.and_then(|at| {
            self.seat()?
                .docket
                .cases
                .get(at)
                .map(|case| case.id.clone())
        });
        self.overlay.picker = Some(prompt.naming(id.unwrap_or_default()));
    }

    /// Records a line. If the line cannot be parsed, keeps it and reports the reason.
    pub(super) fn record(&mut self, kind: Kind, case: Option<usize>, line: &str) -> Option<Effect> {
        let seat = self.seat()?;
        let act = if line.chars().count() > LONGEST_TEXT {
            Err(words::too_long())
        } else {
            acts::read(kind, seat, case, line)
        };
        match act {
            Ok(act) => Some(Effect::Record(act)),
            Err(why) => {
                self.notice = Some(why.in_language(self.settings.language).to_owned());
                self.prompt_for_act(kind, case, line);
                None
            }
        }
    }
}
