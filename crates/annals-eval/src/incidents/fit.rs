//! A logistic regression, fitted by Newton's method.

use annals_incidents::{Speaks, speaks};

/// Fits weights and bias (the last value) to rows of features, so that no weight says what its feature may not.
///
/// **Shape**: `rows` and `labels` are equally long; each row has a value for each of `names`.
/// `ridge` is the weight of the square of each weight (not of the bias); the same input gives the same fit.
/// Features whose weights come out against [`speaks`] are left out, and the others are fitted anew, until none do.
pub(crate) fn fit(rows: &[&[f64]], labels: &[bool], names: &[&str], ridge: f64) -> Vec<f64> {
    let mut kept: Vec<usize> = (0..names.len()).collect();
    loop {
        let values: Vec<Vec<f64>> = rows.iter().map(|row| kept.iter().map(|it| row[*it]).collect()).collect();
        let fitted = fit_freely(&values, labels, ridge);
        let is_wrong = |at: usize| match speaks(names[kept[at]]) {
            Speaks::For => fitted[at] < 0.0,
            Speaks::Against => fitted[at] > 0.0,
            Speaks::Either => false,
        };
        let right: Vec<usize> = (0..kept.len()).filter(|at| !is_wrong(*at)).map(|at| kept[at]).collect();
        if right.len() == kept.len() {
            let mut weights = vec![0.0; names.len()];
            for (at, weight) in kept.iter().zip(&fitted) {
                weights[*at] = *weight;
            }
            weights.extend(fitted.last());
            return weights;
        }
        kept = right;
    }
}

#[expect(clippy::needless_range_loop, reason = "rows and columns are read by their numbers, as in the formulas")]
fn fit_freely(rows: &[Vec<f64>], labels: &[bool], ridge: f64) -> Vec<f64> {
    const STEPS: usize = 60;
    let n = rows.first().map_or(0, Vec::len) + 1;
    let mut weights = vec![0.0; n];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> =
            weights.iter().enumerate().map(|(i, it)| if i + 1 < n { ridge * it } else { 0.0 }).collect();
        let mut hessian = vec![vec![0.0; n]; n];
        for (i, row) in hessian.iter_mut().enumerate() {
            row[i] = if i + 1 < n { ridge } else { 1e-9 };
        }
        for (row, label) in rows.iter().zip(labels) {
            let value = |i: usize| row.get(i).copied().unwrap_or(1.0);
            let sum: f64 = (0..n).map(|i| weights[i] * value(i)).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let error = p - f64::from(u8::from(*label));
            let curve = p * (1.0 - p);
            for i in 0..n {
                let x = value(i);
                if x == 0.0 {
                    continue;
                }
                gradient[i] += error * x;
                for j in 0..=i {
                    hessian[i][j] += curve * x * value(j);
                }
            }
        }
        for i in 0..n {
            for j in 0..i {
                hessian[j][i] = hessian[i][j];
            }
        }
        let step = solve(hessian, gradient);
        let longest = step.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
        for (weight, step) in weights.iter_mut().zip(&step) {
            // Steps are held short: far from the optimum the curve is flat and the step too long.
            *weight -= step * (2.0 / longest.max(2.0));
        }
        if longest < 1e-9 {
            break;
        }
    }
    weights
}

/// Solves a system of equations by elimination with pivots; the matrix is positive definite.
#[expect(clippy::needless_range_loop, reason = "rows and columns are read by their numbers, as in the formulas")]
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for col in 0..n {
        let pivot = (col..n).max_by(|a, b| matrix[*a][col].abs().total_cmp(&matrix[*b][col].abs())).unwrap_or(col);
        matrix.swap(col, pivot);
        right.swap(col, pivot);
        for row in col + 1..n {
            let factor = matrix[row][col] / matrix[col][col];
            for k in col..n {
                let above = matrix[col][k];
                matrix[row][k] -= factor * above;
            }
            right[row] -= factor * right[col];
        }
    }
    for col in (0..n).rev() {
        for k in col + 1..n {
            right[col] -= matrix[col][k] * right[k];
        }
        right[col] /= matrix[col][col];
    }
    right
}
