// Command containerfiles reads Containerfiles as BuildKit does, with all of its checks, and prints what they make as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type stage struct {
	Base     string   `json:"base"`
	Name     string   `json:"name"`
	Commands []string `json:"commands"`
}

type file struct {
	Warnings []string `json:"warnings"`
	Stages   []stage  `json:"stages"`
}

func read(name string) (file, error) {
	text, err := os.Open(name)
	if err != nil {
		return file{}, err
	}
	defer text.Close()
	tree, err := parser.Parse(text)
	if err != nil {
		return file{}, err
	}
	made := file{Warnings: []string{}, Stages: []stage{}}
	for _, warning := range tree.Warnings {
		made.Warnings = append(made.Warnings, warning.Short)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, message string, _ []parser.Range) {
		made.Warnings = append(made.Warnings, rule+": "+message)
	}})
	stages, _, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		return file{}, err
	}
	for _, one := range stages {
		commands := []string{}
		for _, command := range one.Commands {
			commands = append(commands, fmt.Sprint(command))
		}
		made.Stages = append(made.Stages, stage{Base: one.BaseName, Name: one.Name, Commands: commands})
	}
	return made, nil
}

func main() {
	files := map[string]file{}
	for _, name := range os.Args[1:] {
		made, err := read(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, name+": "+err.Error())
			os.Exit(1)
		}
		files[name] = made
	}
	if err := json.NewEncoder(os.Stdout).Encode(files); err != nil {
		panic(err)
	}
}
