//! How a paper names the jurors, and in which order.

use super::settings::{Published, Round, digest};

/// How the jurors are named in a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names<'a> {
    /// By their names, for those who sign.
    Signed,
    /// As the settings have it for papers that are published; numbers by a secret, which
    /// these papers do not print.
    Published(&'a str),
}

/// The jurors as a paper has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// In the order of the settings.
    pub names: Vec<String>,
    /// Positions in the settings, in the order in which the paper lists the jurors. Numbered
    /// jurors are listed in a shuffled order, since the order of the settings would reveal
    /// who they are.
    pub order: Vec<usize>,
}

impl Panel {
    /// The jurors of a round.
    pub fn of(round: &Round, how: Names<'_>) -> Self {
        let mut order: Vec<usize> = (0..round.jurors.len()).collect();
        let secret = match how {
            Names::Published(secret) if round.published == Published::Numbers => secret,
            _ => {
                let names = round.jurors.iter().map(|juror| juror.name.clone());
                return Self {
                    names: names.collect(),
                    order,
                };
            }
        };
        order.sort_by_cached_key(|&at| {
            let name = &round.jurors[at].name;
            digest(format!("{secret}\tpublished\t{name}").as_bytes())
        });
        let mut panel = Self {
            names: Vec::new(),
            order,
        };
        let names = (0..round.jurors.len()).map(|at| format!("评委{}", panel.place(at) + 1));
        panel.names = names.collect();
        panel
    }

    /// Returns the position of a juror in the paper.
    pub fn place(&self, juror: usize) -> usize {
        let place = self.order.iter().position(|&other| other == juror);
        place.unwrap_or(juror)
    }

    /// The names in the order of the paper.
    pub fn listed(&self) -> impl Iterator<Item = &String> {
        self.order.iter().map(|&at| &self.names[at])
    }
}
