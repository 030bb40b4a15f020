type Theme = 'auto' | 'light' | 'dark';

const stored = localStorage.getItem('theme');
export const theme = $state<{ now: Theme }>({ now: stored === 'light' || stored === 'dark' ? stored : 'auto' });
apply();

function apply() {
  if (theme.now === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.now;
}

export const isDark = () =>
  theme.now === 'dark' || (theme.now === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);

export function nextTheme() {
  theme.now = theme.now === 'auto' ? (isDark() ? 'light' : 'dark') : theme.now === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme.now);
  apply();
}
