{{- define "portcullis.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "portcullis.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "portcullis.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "portcullis.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* Which pods there are, by mode. */ -}}
{{- define "portcullis.components" -}}
{{- if eq .Values.mode "standalone" }}standalone{{ else }}gate analysis rollback{{ end }}
{{- end }}

{{- /* The pods that a service runs in: root, service. */ -}}
{{- define "portcullis.podsOf" -}}
{{- if eq .root.Values.mode "standalone" }}standalone{{ else }}{{ .service }}{{ end }}
{{- end }}

{{- define "portcullis.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/part-of: portcullis
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* root, component */ -}}
{{- define "portcullis.selector" -}}
app.kubernetes.io/name: {{ include "portcullis.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "portcullis.labels" -}}
{{ include "portcullis.selector" . }}
{{ include "portcullis.commonLabels" .root }}
{{- end }}

{{- define "portcullis.image" -}}
{{- $image := (index .root.Values .component).image }}
{{- $name := printf "%s/%s" .root.Values.image.registry $image.name }}
{{- if $image.digest }}{{ $name }}@{{ $image.digest }}{{ else }}{{ $name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "portcullis.serviceAccount" -}}
{{ include "portcullis.fullname" .root }}-{{ .component }}
{{- end }}

{{- /* The ports of a service, as the services have them by default. */ -}}
{{- define "portcullis.httpPort" -}}
{{ get (dict "gate" "8080" "analysis" "8081" "rollback" "8083") . }}
{{- end }}
{{- define "portcullis.grpcPort" -}}
{{ get (dict "gate" "9102" "analysis" "9101" "rollback" "9103") . }}
{{- end }}

{{- /* Services whose ports a component has. */ -}}
{{- define "portcullis.servicesOf" -}}
{{- if eq . "standalone" }}gate analysis rollback{{ else }}{{ . }}{{ end }}
{{- end }}

{{- define "portcullis.host" -}}
{{ include "portcullis.fullname" .root }}-{{ .service }}.{{ .root.Release.Namespace }}.svc
{{- end }}

{{- define "portcullis.tls" -}}
{{- if ne .Values.tls.mode "terminated" }}yes{{ end }}
{{- end }}

{{- define "portcullis.tlsSecret" -}}
{{- if eq .root.Values.tls.mode "secret" -}}
{{ required "tls.mode secret needs tls.secret.name" .root.Values.tls.secret.name }}
{{- else -}}
{{ include "portcullis.fullname" .root }}-{{ .component }}-tls
{{- end }}
{{- end }}

{{- define "portcullis.peerKeySecret" -}}
{{ .Values.peerKey.existingSecret | default (printf "%s-peer-key" (include "portcullis.fullname" .)) }}
{{- end }}

{{- define "portcullis.configMap" -}}
{{ .Values.configuration.existingConfigMap | default (printf "%s-configuration" (include "portcullis.fullname" .)) }}
{{- end }}

{{- /* Namespaces with a target that is switched on; empty when rollback-service has no business with the cluster. */ -}}
{{- define "portcullis.hasTargets" -}}
{{- range $target, $namespaces := .Values.rollback.targets }}{{ if $namespaces }}yes{{ end }}{{ end }}
{{- end }}

{{- define "portcullis.accessIsHere" -}}
{{- if or .Values.access.issuers .Values.access.tokens .Values.access.certificates .Values.access.kubernetes.enabled }}yes{{ end }}
{{- end }}

{{- /* What would only be found out by pods that do not start. */ -}}
{{- define "portcullis.check" -}}
{{- $c := .Values.configuration }}
{{- $kinds := 0 }}
{{- if $c.files }}{{ $kinds = add $kinds 1 }}{{ end }}
{{- if $c.existingConfigMap }}{{ $kinds = add $kinds 1 }}{{ end }}
{{- if $c.volume }}{{ $kinds = add $kinds 1 }}{{ end }}
{{- if gt (int $kinds) 1 }}{{ fail "configuration: give one of files, existingConfigMap and volume" }}{{ end }}
{{- if or $c.existingConfigMap $c.volume }}
{{- if include "portcullis.accessIsHere" . }}{{ fail "access: with configuration.existingConfigMap or configuration.volume the Access document stands there" }}{{ end }}
{{- else if not (include "portcullis.accessIsHere" .) }}
{{- $found := "" }}
{{- range $name, $content := $c.files }}{{ if regexMatch "(?m)^kind: *Access *$" $content }}{{ $found = "yes" }}{{ end }}{{ end }}
{{- if not $found }}{{ fail "access: nobody may call; give access.issuers, access.tokens, access.certificates or access.kubernetes, or an Access document in configuration.files" }}{{ end }}
{{- end }}
{{- if and (eq .Values.mode "services") (not .Values.database.host) }}{{ fail "database.host: mode services needs a PostgreSQL" }}{{ end }}
{{- if lt (int .Values.shutdown.graceSeconds) (int (add .Values.shutdown.delaySeconds 30)) }}{{ fail "shutdown.graceSeconds: a service takes up to 25 s to end, so it is delaySeconds and 30 at least" }}{{ end }}
{{- if and (eq .Values.tls.mode "certManager") (not .Values.tls.certManager.issuer.name) }}{{ fail "tls.certManager.issuer.name: which issuer signs the certificates" }}{{ end }}
{{- if and (eq .Values.tls.mode "terminated") (not .Values.tls.terminatedBy) }}{{ fail "tls.terminatedBy: who takes TLS off" }}{{ end }}
{{- end }}
