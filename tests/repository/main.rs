//! What holds for the repository as a whole: the floors of the code, licences,
//! packages, READMEs and the guide.

#[path = "../support/anli.rs"]
mod program;

mod house;
mod licences;
mod packages;
mod readme;
