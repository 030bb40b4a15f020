//! Work on many items with all cores, in bounded memory, with results in the order of the items.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Deeply nested pages take more stack than threads have by default. **Units**: bytes.
const STACK_BYTES: usize = 16 << 20;
/// Items under way for each worker: enough to keep it busy while the first of them is slow.
const ITEMS_PER_WORKER: usize = 16;
/// Beyond this weight of items under way no other is begun.
const MAX_WEIGHT: usize = 16_000_000;

/// One item's work, and where its result goes.
type Task<T, U> = (T, SyncSender<U>);

/// How many workers: as asked for, else one a core.
pub(crate) fn workers(asked: Option<NonZero<usize>>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get)
}

/// Hands each item to a worker and each result, in the order of the items, to `sink`.
///
/// `weight` tells how much memory an item needs, in bytes. `work` must not panic.
/// **Errors**: the sink's first error ends the run.
pub(crate) fn map_in_order<T: Send, U: Send, E>(
    mut items: impl Iterator<Item = T>,
    n_workers: usize,
    weight: impl Fn(&T) -> usize,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let (send, receive) = channel::<Task<T, U>>();
    let receive = Mutex::new(receive);
    thread::scope(|scope| {
        for _ in 0..n_workers {
            let worker = thread::Builder::new().stack_size(STACK_BYTES);
            worker.spawn_scoped(scope, || run_worker(&receive, &work)).expect("the system can start a thread");
        }
        // Owned by this closure, so that workers see the end of the work however it ends.
        let send = send;
        let mut under_way: VecDeque<(usize, Receiver<U>)> = VecDeque::new();
        let (mut total_weight, mut more) = (0, true);
        loop {
            while more && under_way.len() < n_workers * ITEMS_PER_WORKER && total_weight < MAX_WEIGHT {
                let Some(item) = items.next() else {
                    more = false;
                    break;
                };
                let item_weight = weight(&item);
                let (give, take) = sync_channel(1);
                send.send((item, give)).expect("workers stay while there may be work");
                under_way.push_back((item_weight, take));
                total_weight += item_weight;
            }
            let Some((item_weight, result)) = under_way.pop_front() else { return Ok(()) };
            sink(result.recv().expect("a worker answers every task"))?;
            total_weight -= item_weight;
        }
    })
}

fn run_worker<T, U>(tasks: &Mutex<Receiver<Task<T, U>>>, work: &(impl Fn(T) -> U + Sync)) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, give)) = task else { return };
        // Nobody takes it when the sink has failed.
        let _ = give.send(work(item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(items: Vec<u64>, n_workers: usize, weight: usize) -> Vec<u64> {
        let mut results = Vec::new();
        let work = |it: u64| {
            // Later items are done sooner, so that order is not by chance.
            (0..(2000 - it.min(2000)) * 10).fold(it, |sum, _| std::hint::black_box(sum))
        };
        map_in_order(
            items.into_iter(),
            n_workers,
            |_| weight,
            work,
            |it| {
                results.push(it);
                Ok::<(), ()>(())
            },
        )
        .expect("the sink never fails");
        results
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (100..1100).collect();
        for n_workers in [1, 2, 7] {
            assert_eq!(run(items.clone(), n_workers, 1), items);
        }
    }

    #[test]
    fn items_of_any_weight_pass() {
        assert_eq!(run(vec![1, 2, 3], 2, usize::MAX / 4), [1, 2, 3]);
    }

    #[test]
    fn the_sinks_error_ends_the_run() {
        let mut n_taken = 0;
        let end = map_in_order(
            0..,
            2,
            |_| 1,
            |it: u64| it,
            |_| {
                n_taken += 1;
                if n_taken == 5 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((end, n_taken), (Err("enough"), 5));
    }
}
