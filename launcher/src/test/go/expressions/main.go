// Evaluates expressions and templates as GitOps Promoter and Kargo do: expr-lang without a declared environment, and Go's text/template.
//
// Standard input has one JSON object: {"expressions": [{"expression": "...", "environment": {...}}], "templates": [{"template": "...", "data": {...}}]}.
// Standard output has the values in the same order: {"expressions": [{"value": ...} or {"error": "..."}], "templates": [...]}.
package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"text/template"

	"github.com/expr-lang/expr"
)

type question struct {
	Expressions []struct {
		Expression  string         `json:"expression"`
		Environment map[string]any `json:"environment"`
	} `json:"expressions"`
	Templates []struct {
		Template string         `json:"template"`
		Data     map[string]any `json:"data"`
	} `json:"templates"`
}

type result struct {
	Value any    `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
}

type answer struct {
	Expressions []result `json:"expressions"`
	Templates   []result `json:"templates"`
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	told := answer{Expressions: []result{}, Templates: []result{}}
	for _, one := range asked.Expressions {
		told.Expressions = append(told.Expressions, evaluated(one.Expression, one.Environment))
	}
	for _, one := range asked.Templates {
		told.Templates = append(told.Templates, rendered(one.Template, one.Data))
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func evaluated(expression string, environment map[string]any) result {
	program, err := expr.Compile(expression)
	if err != nil {
		return result{Error: "compile: " + err.Error()}
	}
	value, err := expr.Run(program, environment)
	if err != nil {
		return result{Error: "run: " + err.Error()}
	}
	return result{Value: value}
}

func rendered(text string, data map[string]any) result {
	parsed, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"urlQueryEscape": url.QueryEscape}).Parse(text)
	if err != nil {
		return result{Error: "parse: " + err.Error()}
	}
	var out strings.Builder
	if err := parsed.Execute(&out, data); err != nil {
		return result{Error: "execute: " + err.Error()}
	}
	return result{Value: out.String()}
}
