// Command bundle turns web/static and the front-end packages into web/dist,
// the folder the binary embeds and serves under /assets/.
//
// It is for builds alone and knows nothing of pages or data. It promises that
// the same inputs give the same bytes, that no stylesheet it writes asks
// another host for anything, and that web/dist/manifest.json is written last,
// so that a folder with a manifest is a complete one.
//
// Run it at the root of the repository, after npm ci.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	sources  = "web/static"
	packages = "node_modules"
	dist     = "web/dist"
	manifest = "manifest.json"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// run builds everything below root.
func run(root string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return fmt.Errorf("find the repository: %w", err)
	}
	outdir := filepath.Join(root, dist)
	if err := empty(outdir); err != nil {
		return err
	}
	icons := &icons{from: filepath.Join(root, packages, "nhsuk-frontend/dist/nhsuk/assets"), to: outdir}
	if err := bundle(root, outdir, icons); err != nil {
		return err
	}
	if err := icons.copy(); err != nil {
		return err
	}
	if err := copyFile(filepath.Join(root, sources, "favicon.svg"), filepath.Join(outdir, "favicon.svg")); err != nil {
		return err
	}
	if err := acknowledge(filepath.Join(root, packages), filepath.Join(outdir, "third-party.txt")); err != nil {
		return err
	}
	return list(outdir)
}

// entries are the files a page may ask for; everything else is pulled in by them.
func entries() []string {
	return []string{
		sources + "/boot.js",
		sources + "/cairn.css",
		sources + "/cairn.js",
		sources + "/charts.js",
		sources + "/docs.css",
		sources + "/docs.js",
		sources + "/report.css",
		sources + "/report.js",
	}
}

func bundle(root, outdir string, icons *icons) error {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       entries(),
		Outdir:            outdir,
		Bundle:            true,
		Write:             true,
		Format:            api.FormatIIFE,
		Platform:          api.PlatformBrowser,
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "109"}, {Name: api.EngineFirefox, Version: "115"}, {Name: api.EngineSafari, Version: "15.6"}},
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsEndOfFile,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		Plugins:           []api.Plugin{icons.plugin(), withoutFrutiger()},
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("%d errors above", len(result.Errors))
	}
	for _, file := range result.OutputFiles {
		if filepath.Ext(file.Path) != ".css" {
			continue
		}
		if host := otherHost(string(file.Contents)); host != "" {
			return fmt.Errorf("%s asks another host: %s", filepath.Base(file.Path), host)
		}
	}
	return nil
}

// empty removes what an earlier build left, but not the .gitkeep that lets the
// binary compile without assets.
func empty(folder string) error {
	found, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(folder, 0o755)
	}
	if err != nil {
		return fmt.Errorf("empty %s: %w", folder, err)
	}
	for _, entry := range found {
		if entry.Name() == ".gitkeep" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
			return fmt.Errorf("empty %s: %w", folder, err)
		}
	}
	return nil
}

// list writes the manifest: a map from each asset's path to the SHA-256 of its
// content in hexadecimal. encoding/json sorts the keys.
func list(folder string) error {
	sums := make(map[string]string)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == ".gitkeep" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		sums[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
		return nil
	})
	if err != nil {
		return fmt.Errorf("list assets: %w", err)
	}
	content, err := json.MarshalIndent(sums, "", "  ")
	if err != nil {
		return fmt.Errorf("list assets: %w", err)
	}
	return os.WriteFile(filepath.Join(folder, manifest), append(content, '\n'), 0o644)
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copy an asset: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return fmt.Errorf("copy an asset: %w", err)
	}
	return os.WriteFile(to, content, 0o644)
}
