//! Sorting the list: choosing an order and restoring it.

use super::App;
use super::action::Effect;
use super::order::Order;
use super::picker::{Choice, Item, Picker};
use super::words::Label;
use crate::store::Resume;

impl App {
    /// Opens the list of orders.
    pub(super) fn open_orders(&mut self) {
        let language = self.settings.language;
        let now = self.list.order();
        let items = Order::ALL.map(|order| {
            let mark = if order == now { "*" } else { "" };
            Item::new(
                mark,
                order.label().in_language(language),
                Choice::Sort(order),
            )
        });
        let mut picker = Picker::new(Label("排序", "sort by"), items.into());
        picker.select(
            Order::ALL
                .iter()
                .position(|&order| order == now)
                .unwrap_or(0),
        );
        self.overlay.picker = Some(picker);
    }

    /// Lists hits in another order from now on.
    pub(super) fn sort_by(&mut self, order: Order) -> Effect {
        self.list.set_order(order);
        self.notice = Some(order.label().in_language(self.settings.language).to_owned());
        self.ask()
    }

    /// Restores the order of the last run.
    pub(super) fn remember_order(&mut self, resume: &Resume) {
        if let Some(order) = resume.order.as_deref().and_then(Order::named) {
            self.list.set_order(order);
            self.list.show_all(&self.corpus);
            if order.is_measured() {
                self.measure_cases();
            }
        }
    }
}
