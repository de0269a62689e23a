//! The mouse: wheel and clicks.

use super::App;
use super::action::{Command, Effect, Motion};
use super::panes;
use super::picker::{Placed, Shown};
use super::window::Focus;
use crate::key::{Mouse, MouseKind};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Effect> {
        let motion = match mouse.kind {
            MouseKind::ScrollUp => Some(Motion::Up),
            MouseKind::ScrollDown => Some(Motion::Down),
            MouseKind::Press | MouseKind::Drag => None,
        };
        if let Some(picker) = &mut self.overlay.picker {
            return match motion {
                Some(motion) => {
                    picker.step(motion);
                    None
                }
                None => self.press_picker(mouse),
            };
        }
        if self.overlay.view.is_some() {
            return match motion {
                Some(motion) => self.run_in_view(Command::Move(motion))?,
                None => self.in_view(|view, app| view.press(mouse, app))?,
            };
        }
        let panes = self.panes()?;
        let over = |pane: Option<panes::Pane>| pane.filter(|p| p.contains(mouse.column, mouse.row));
        if let Some(pane) = over(panes.list) {
            match motion {
                Some(motion) => self.step_case(motion),
                None => {
                    self.window.focus = Focus::List;
                    self.trail.revisited = None;
                    let row = mouse.row - pane.y;
                    self.list.select_row(row);
                    self.press_offer(row);
                }
            }
        } else if over(panes.page).is_some() {
            match motion {
                Some(motion) => (0..3).for_each(|_| self.page.step(motion)),
                None if self.list.selected().is_some() => self.enter_page(),
                None => {}
            }
        } else if let Some(pane) = over(panes.filter).filter(|_| motion.is_none()) {
            self.window.focus = Focus::Filter;
            let (x, columns) = self.filter_room(pane);
            let column = mouse.column.saturating_sub(x);
            let ambiguous = self.settings.ambiguous;
            self.filter.line.go_to_column(column, columns, ambiguous);
        }
        None
    }

    /// Selects the clicked suggestion in an empty list. Suggestions follow the sentence that
    /// reports that nothing was found.
    fn press_offer(&mut self, row: u16) {
        let offer = usize::from(row).checked_sub(1);
        if let Some(offer) = offer.filter(|&offer| offer < self.offers().len()) {
            self.filter.answer.offer = Some(offer);
        }
    }

    /// Chooses the clicked item. A click outside closes the list.
    fn press_picker(&mut self, mouse: Mouse) -> Option<Effect> {
        if mouse.kind != MouseKind::Press {
            return None;
        }
        let (columns, rows) = self.window.size;
        let ambiguous = self.settings.ambiguous;
        let picker = self.overlay.picker.as_mut()?;
        let popup = picker.place(columns, rows, ambiguous);
        let frame = popup.frame;
        if !frame.contains(mouse.column, mouse.row) {
            // A click must not lose written text.
            let is_prompt = picker.purpose.is_some();
            return if is_prompt { None } else { self.back() };
        }
        let below = mouse.row.checked_sub(frame.y + 2)?;
        let rows = picker.in_view(popup);
        let is_there = |placed: &&Placed<'_>| {
            let columns = picker.columns_of(placed.column, popup);
            placed.below == below && columns.contains(&mouse.column)
        };
        let item = match rows.iter().find(is_there)?.row {
            Shown::Item(_, item, _) => item,
            Shown::Heading(_) => return None,
        };
        picker.select(item);
        self.choose()
    }
}
