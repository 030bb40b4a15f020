import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Names carry no hashes: the built pages are kept in the repository, and the server tells browsers by ETag what has changed.
export default defineConfig({
  plugins: [svelte()],
  // The server refuses posts whose origin is not its own name.
  server: { proxy: { '/api': { target: 'http://127.0.0.1:7411', changeOrigin: false } } },
  build: {
    target: 'es2022',
    copyPublicDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
});
