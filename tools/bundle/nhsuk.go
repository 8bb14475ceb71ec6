package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

var (
	fontFace  = regexp.MustCompile(`(?s)@font-face\s*\{[^}]*\}`)
	frutiger  = regexp.MustCompile(`"?Frutiger W01"?,\s*`)
	remoteURL = regexp.MustCompile(`(?:url\(|@import\s)\s*["']?((?:https?:)?//[^"')\s]+)`)
)

// withoutFrutiger takes the NHS typeface out of nhsuk-frontend: it is licensed
// to NHS services, and loading it would tell its host who reads our pages. The
// next fonts of the same stack, Arial and sans-serif, are what remains.
func withoutFrutiger() api.Plugin {
	return api.Plugin{Name: "without-frutiger", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `nhsuk-frontend\.css$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			content, err := os.ReadFile(args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			css, err := dropFrutiger(string(content))
			if err != nil {
				return api.OnLoadResult{}, err
			}
			return api.OnLoadResult{Contents: &css, Loader: api.LoaderCSS, ResolveDir: filepath.Dir(args.Path)}, nil
		})
	}}
}

// dropFrutiger fails when nothing was there to drop, because then the package
// has changed and somebody must look.
func dropFrutiger(css string) (string, error) {
	if !fontFace.MatchString(css) || !frutiger.MatchString(css) {
		return "", errors.New("nhsuk-frontend no longer names Frutiger the way this plugin expects")
	}
	css = fontFace.ReplaceAllString(css, "")
	css = frutiger.ReplaceAllString(css, "")
	if strings.Contains(strings.ToLower(css), "frutiger") {
		return "", errors.New("nhsuk-frontend still names Frutiger")
	}
	return css, nil
}

// otherHost returns the first address outside our own that css would load, or
// the empty string. Namespaces inside data: pictures are names, not requests.
func otherHost(css string) string {
	if found := remoteURL.FindStringSubmatch(css); found != nil {
		return found[1]
	}
	return ""
}

// icons remembers which of nhsuk-frontend's pictures the stylesheets name as
// /assets/..., which is where the server puts web/dist, and copies just those.
type icons struct {
	from, to string

	mu   sync.Mutex // esbuild resolves paths from several goroutines
	used map[string]bool
}

func (i *icons) plugin() api.Plugin {
	return api.Plugin{Name: "served-under-assets", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^/assets/`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			i.mu.Lock()
			defer i.mu.Unlock()
			if i.used == nil {
				i.used = make(map[string]bool)
			}
			i.used[strings.TrimPrefix(args.Path, "/assets/")] = true
			return api.OnResolveResult{Path: args.Path, External: true}, nil
		})
	}}
}

func (i *icons) copy() error {
	names := make([]string, 0, len(i.used))
	for name := range i.used {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if path.Clean(name) != name || strings.HasPrefix(name, "..") {
			return fmt.Errorf("odd picture name %q", name)
		}
		if err := copyFile(filepath.Join(i.from, filepath.FromSlash(name)), filepath.Join(i.to, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return nil
}
