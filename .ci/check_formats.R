# Opens exported tables with R's readr: Rscript .ci/check_formats.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]

check <- function(name, n_columns, numbers = character(), days = character(), read = readr::read_csv) {
  table <- read(file.path(folder, name), show_col_types = FALSE, progress = FALSE)
  stopifnot(nrow(readr::problems(table)) == 0, nrow(table) > 0, ncol(table) == n_columns)
  for (column in numbers) stopifnot(is.numeric(table[[column]]))
  for (column in days) stopifnot(inherits(table[[column]], "Date"))
  cat(sprintf("readr: %s: %d rows, %d columns\n", name, nrow(table), ncol(table)))
}

check("acled.csv", 31, c("year", "time_precision", "latitude", "longitude", "fatalities", "timestamp"), "event_date")
check("ucdp.csv", 49, c("latitude", "longitude", "priogrid_gid", "best", "high", "low"), c("date_start", "date_end"))
check("csv.csv", 46, c("lat", "lon", "killed_best", "injured_best"), c("date_start", "date_end"))
check("hxl.csv", 25)
check("polecat.tsv", 40, read = readr::read_tsv)
