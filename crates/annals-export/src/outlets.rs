//! Who published the tellings of an incident.

use annals_incidents::Incident;
use annals_record::Stance;
use jiff::civil::Date;

/// One report of an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Article {
    /// Outlet, else the site, else the report's id in its input.
    pub(crate) outlet: String,
    pub(crate) published: Option<Date>,
    pub(crate) headline: String,
}

/// The reports that tell of an incident, in the order of its tellings, each once.
pub(crate) fn articles(incident: &Incident) -> Vec<Article> {
    let mut all: Vec<Article> = Vec::new();
    for telling in &incident.tellings {
        let report = &telling.report;
        let site = || report.source.as_deref().and_then(site).map(str::to_owned);
        // A hash tells people nothing; the file's name may.
        let doc = Some(telling.doc.as_str()).filter(|it| !it.starts_with("sha256:"));
        let file = || report.source.as_deref().and_then(|it| it.rsplit(['/', '\\']).next());
        let named = || doc.or_else(file).unwrap_or("outlet not known").to_owned();
        let outlet = report.publisher.clone().or_else(site).unwrap_or_else(named);
        let article = Article { outlet, published: report.published, headline: report.title.clone() };
        if !all.contains(&article) {
            all.push(article);
        }
    }
    all
}

/// The outlets that tell of an incident, each once.
pub(crate) fn outlets(incident: &Incident) -> Vec<String> {
    unique(articles(incident).into_iter().map(|it| it.outlet))
}

/// Who the reports name as telling it.
pub(crate) fn originators(incident: &Incident) -> Vec<String> {
    let sources = incident.tellings.iter().flat_map(|it| &it.event.sources);
    unique(sources.filter(|it| it.stance != Stance::Denies).map(|it| it.span.text.clone()))
}

/// The first of each, in order.
pub(crate) fn unique(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for item in items.filter(|it| !it.is_empty()) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    all
}

/// `https://www.arda.example/news/1` → `arda.example`.
fn site(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_site_stands_for_an_outlet_without_name() {
        assert_eq!(super::site("https://www.arda.example/news/1"), Some("arda.example"));
        assert_eq!(super::site("reports/arda.txt"), None);
    }
}
