//! Judges: how likely a choice is right, from all signs that speak for and against it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The judges of what fills an event's fields; shipped with each reader, fitted to its scores.
///
/// **Source**: `training/annals_training/judges.py`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judges {
    /// Of a party as agent.
    pub agent: Judge,
    /// Of a party as target.
    pub target: Judge,
    /// Of a place as the event's.
    pub place: Judge,
    /// Of somebody who tells of it.
    pub source: Judge,
    /// Of days as the event's.
    pub date: Judge,
}

/// A forest of decision trees, whose leaves add up to the logarithm of the odds.
///
/// Without trees the first sign, which is the reader's own score, stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judge {
    /// The names of its signs, in their order.
    pub signs: Vec<String>,
    trees: Vec<Tree>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Tree {
    /// The first is the root; each stands before those below it.
    forks: Vec<Fork>,
    /// Logarithms of odds.
    leaves: Vec<f32>,
}

/// Where a sign parts the cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Fork {
    sign: u16,
    /// Cases whose sign is at most this go left.
    most: f32,
    left: Branch,
    right: Branch,
}

/// What a fork leads to: index into the tree's forks or leaves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Branch {
    Fork(u16),
    Leaf(u16),
}

/// Judges that cannot be used.
#[derive(Debug, Error)]
pub enum JudgesError {
    /// The bytes are no judges.
    #[error("the bytes are not those of judges")]
    Form(#[from] postcard::Error),
    /// A tree leads to nowhere or round in a circle, or asks for a sign that its judge does not know.
    #[error("a tree of a judge is broken")]
    Tree,
}

impl Judges {
    /// Reads `judges.bin`.
    ///
    /// # Errors
    /// When the bytes are no judges, or a tree is broken.
    pub fn parse(bytes: &[u8]) -> Result<Self, JudgesError> {
        let judges: Judges = postcard::from_bytes(bytes)?;
        let all = [&judges.agent, &judges.target, &judges.place, &judges.source, &judges.date];
        if all.into_iter().all(Judge::is_sound) { Ok(judges) } else { Err(JudgesError::Tree) }
    }
}

impl Judge {
    /// How likely the choice with these signs is right. **Shape**: a value for each of its signs. **Range**: 0 to 1.
    pub fn share(&self, signs: &[f32]) -> f32 {
        if self.trees.is_empty() {
            return signs.first().copied().unwrap_or_default();
        }
        let sum: f32 = self.trees.iter().map(|it| it.leaf(signs)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn is_sound(&self) -> bool {
        self.trees.iter().all(|it| it.is_sound(self.signs.len()))
    }
}

impl Tree {
    fn leaf(&self, signs: &[f32]) -> f32 {
        let mut branch = if self.forks.is_empty() { Branch::Leaf(0) } else { Branch::Fork(0) };
        loop {
            match branch {
                Branch::Leaf(at) => return self.leaves[usize::from(at)],
                Branch::Fork(at) => {
                    let fork = &self.forks[usize::from(at)];
                    branch = if signs[usize::from(fork.sign)] <= fork.most { fork.left } else { fork.right };
                }
            }
        }
    }

    /// Every branch leads to a leaf, or to a fork further on.
    fn is_sound(&self, n_signs: usize) -> bool {
        let leads = |from: usize, branch: Branch| match branch {
            Branch::Fork(to) => from < usize::from(to) && usize::from(to) < self.forks.len(),
            Branch::Leaf(to) => usize::from(to) < self.leaves.len(),
        };
        let is_sound = |(at, fork): (usize, &Fork)| {
            usize::from(fork.sign) < n_signs && leads(at, fork.left) && leads(at, fork.right)
        };
        !self.leaves.is_empty() && self.forks.iter().enumerate().all(is_sound)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Right where the first sign is high, or the second one is.
    fn judge() -> Judge {
        let fork = |sign, left, right| Fork { sign, most: 0.5, left, right };
        let forks = vec![fork(0, Branch::Fork(1), Branch::Leaf(0)), fork(1, Branch::Leaf(1), Branch::Leaf(2))];
        let trees = vec![Tree { forks, leaves: vec![3.0, -3.0, 1.0] }];
        Judge { signs: vec!["share".into(), "near".into()], trees }
    }

    #[test]
    fn trees_are_walked_from_the_root() {
        let shares = [[0.9, 0.0], [0.5, 0.0], [0.5, 0.6]].map(|it| format!("{:.2}", judge().share(&it)));
        assert_eq!(shares, ["0.95", "0.05", "0.73"]);
        assert!((Judge::default().share(&[0.4, 1.0]) - 0.4).abs() < f32::EPSILON);
    }

    #[test]
    fn judges_come_back_as_they_were_written() {
        let judges = Judges { agent: judge(), ..Judges::default() };
        let bytes = postcard::to_allocvec(&judges).expect("judges can be written");
        assert_eq!(Judges::parse(&bytes).expect("they can be read"), judges);
    }

    #[test]
    fn broken_trees_are_refused() {
        let breaks: [fn(&mut Judge); 4] = [
            |it| it.trees[0].forks[1].left = Branch::Fork(0),
            |it| it.trees[0].forks[0].right = Branch::Leaf(3),
            |it| it.trees[0].forks[0].sign = 2,
            |it| it.trees[0].leaves.clear(),
        ];
        for spoil in breaks {
            let mut judges = Judges { date: judge(), ..Judges::default() };
            spoil(&mut judges.date);
            let bytes = postcard::to_allocvec(&judges).expect("judges can be written");
            assert!(matches!(Judges::parse(&bytes), Err(JudgesError::Tree)));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judges_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(judges) = Judges::parse(&bytes) {
                let signs = vec![0.0; judges.agent.signs.len()];
                judges.agent.share(&signs);
            }
        }
    }
}
