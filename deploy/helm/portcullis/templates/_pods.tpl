{{- define "portcullis.environment" -}}
{{- $root := .root }}{{ $component := .component }}{{ $v := $root.Values -}}
- {name: PORTCULLIS_HOST, value: 0.0.0.0}
- {name: PORTCULLIS_CONFIG, value: /etc/portcullis/config}
- {name: PORTCULLIS_MAX_HEAP, value: {{ (index $v $component).maxHeap | quote }}}
- {name: PORTCULLIS_PROMETHEUS_URL, value: {{ $v.prometheus.url | quote }}}
{{- if eq $component "standalone" }}
- {name: PORTCULLIS_DATA, value: /var/lib/portcullis/data}
{{- else }}
- name: PORTCULLIS_DB_URL
  value: {{ include "portcullis.databaseUrl" $root | quote }}
- {name: PORTCULLIS_DB_USER, value: {{ $v.database.user | quote }}}
- name: PORTCULLIS_DB_PASSWORD
  valueFrom: {secretKeyRef: {{ toJson $v.database.passwordSecret }}}
- {name: PORTCULLIS_PEER_KEY_FILE, value: /etc/portcullis/peer/{{ $v.peerKey.key }}}
{{- range $service := list "analysis" "gate" "rollback" }}
- {name: PORTCULLIS_{{ upper $service }}_ADDRESS, value: "{{ include "portcullis.host" (dict "root" $root "service" $service) }}:{{ include "portcullis.grpcPort" $service }}"}
{{- end }}
{{- end }}
{{- if include "portcullis.tls" $root }}
- {name: PORTCULLIS_TLS_CERTIFICATE_FILE, value: /etc/portcullis/tls/tls.crt}
- {name: PORTCULLIS_TLS_KEY_FILE, value: /etc/portcullis/tls/tls.key}
- {name: PORTCULLIS_TLS_CA_FILE, value: /etc/portcullis/tls/ca.crt}
{{- if $v.tls.clientCaSecret.name }}
- {name: PORTCULLIS_TLS_CLIENT_CA_FILE, value: /etc/portcullis/client-ca/{{ $v.tls.clientCaSecret.key }}}
{{- end }}
{{- else }}
- {name: PORTCULLIS_TLS_TERMINATED_BY, value: {{ $v.tls.terminatedBy | quote }}}
{{- end }}
{{- if has $component (list "gate" "standalone") }}
{{- if $v.audit.keySecret.name }}
- {name: PORTCULLIS_AUDIT_KEY, value: /etc/portcullis/audit/{{ $v.audit.keySecret.key }}}
{{- end }}
{{- if $v.audit.witnessesConfigMap.name }}
- {name: PORTCULLIS_AUDIT_WITNESSES, value: /etc/portcullis/witnesses/{{ $v.audit.witnessesConfigMap.key }}}
{{- end }}
{{- end }}
{{- range $name, $value := $v.environment }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- range $name, $secret := $v.environmentSecrets }}
- name: {{ $name }}
  valueFrom: {secretKeyRef: {{ toJson $secret }}}
{{- end }}
{{- end }}

{{- define "portcullis.databaseUrl" -}}
{{- $d := .Values.database -}}
jdbc:postgresql://{{ $d.host }}:{{ $d.port }}/{{ $d.name }}?sslmode={{ $d.tls.mode }}
{{- if ne $d.tls.mode "disable" -}}
{{- if $d.tls.caSecret.name }}&sslrootcert=/etc/portcullis/database-ca/{{ $d.tls.caSecret.key }}{{ else }}&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory{{ end }}
{{- end }}
{{- end }}

{{- define "portcullis.mounts" -}}
{{- $root := .root }}{{ $component := .component }}{{ $v := $root.Values -}}
- {name: configuration, mountPath: /etc/portcullis/config, readOnly: true}
- {name: tmp, mountPath: /tmp}
{{- if eq $component "standalone" }}
- {name: data, mountPath: /var/lib/portcullis}
{{- else }}
- {name: peer-key, mountPath: /etc/portcullis/peer, readOnly: true}
{{- if and (ne $v.database.tls.mode "disable") $v.database.tls.caSecret.name }}
- {name: database-ca, mountPath: /etc/portcullis/database-ca, readOnly: true}
{{- end }}
{{- end }}
{{- if include "portcullis.tls" $root }}
- {name: tls, mountPath: /etc/portcullis/tls, readOnly: true}
{{- if $v.tls.clientCaSecret.name }}
- {name: client-ca, mountPath: /etc/portcullis/client-ca, readOnly: true}
{{- end }}
{{- end }}
{{- if $v.access.kubernetes.enabled }}
- {name: kubernetes-ca, mountPath: /etc/portcullis/kubernetes, readOnly: true}
{{- end }}
{{- if has $component (list "gate" "standalone") }}
{{- if $v.audit.keySecret.name }}
- {name: audit-key, mountPath: /etc/portcullis/audit, readOnly: true}
{{- end }}
{{- if $v.audit.witnessesConfigMap.name }}
- {name: witnesses, mountPath: /etc/portcullis/witnesses, readOnly: true}
{{- end }}
{{- end }}
{{- with (index $v $component).extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* 288 is 0440: the group of the pod reads, and nobody else. */ -}}
{{- define "portcullis.volumes" -}}
{{- $root := .root }}{{ $component := .component }}{{ $v := $root.Values -}}
- name: configuration
{{- if $v.configuration.volume }}
  {{- toYaml $v.configuration.volume | nindent 2 }}
{{- else }}
  configMap: {name: {{ include "portcullis.configMap" $root }}}
{{- end }}
- name: tmp
  emptyDir: {sizeLimit: 256Mi}
{{- if eq $component "standalone" }}
- name: data
  persistentVolumeClaim:
    claimName: {{ $v.standalone.volume.existingClaim | default (printf "%s-data" (include "portcullis.fullname" $root)) }}
{{- else }}
- name: peer-key
  secret: {secretName: {{ include "portcullis.peerKeySecret" $root }}, defaultMode: 288}
{{- if and (ne $v.database.tls.mode "disable") $v.database.tls.caSecret.name }}
- name: database-ca
  secret: {secretName: {{ $v.database.tls.caSecret.name }}, defaultMode: 288}
{{- end }}
{{- end }}
{{- if include "portcullis.tls" $root }}
- name: tls
  secret: {secretName: {{ include "portcullis.tlsSecret" . }}, defaultMode: 288}
{{- if $v.tls.clientCaSecret.name }}
- name: client-ca
  secret: {secretName: {{ $v.tls.clientCaSecret.name }}, defaultMode: 288}
{{- end }}
{{- end }}
{{- if $v.access.kubernetes.enabled }}
- name: kubernetes-ca
  configMap: {name: kube-root-ca.crt}
{{- end }}
{{- if has $component (list "gate" "standalone") }}
{{- if $v.audit.keySecret.name }}
- name: audit-key
  secret: {secretName: {{ $v.audit.keySecret.name }}, defaultMode: 288}
{{- end }}
{{- if $v.audit.witnessesConfigMap.name }}
- name: witnesses
  configMap: {name: {{ $v.audit.witnessesConfigMap.name }}}
{{- end }}
{{- end }}
{{- with (index $v $component).extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Of standalone, whose services are one process, those of the gate, which comes up last. */ -}}
{{- define "portcullis.probes" -}}
{{- $scheme := ternary "HTTPS" "HTTP" (eq (include "portcullis.tls" .root) "yes") }}
{{- $service := ternary "gate" .component (eq .component "standalone") -}}
startupProbe:
  httpGet: {path: /health/readiness, port: {{ $service }}-http, scheme: {{ $scheme }}}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 150      # a migration may take five minutes
readinessProbe:
  httpGet: {path: /health/readiness, port: {{ $service }}-http, scheme: {{ $scheme }}}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
livenessProbe:
  httpGet: {path: /health/liveness, port: {{ $service }}-http, scheme: {{ $scheme }}}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{- define "portcullis.podTemplate" -}}
{{- $root := .root }}{{ $component := .component }}{{ $v := $root.Values }}{{ $own := index $v $component -}}
metadata:
  labels:
    {{- include "portcullis.labels" . | nindent 4 }}
    {{- with $own.podLabels }}{{ toYaml . | nindent 4 }}{{ end }}
  {{- with $own.podAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "portcullis.serviceAccount" . }}
  automountServiceAccountToken: {{ and (has $component (list "rollback" "standalone")) (ne (include "portcullis.hasTargets" $root) "") }}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $v.shutdown.graceSeconds }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    # PostgreSQL refuses a data folder whose rights were widened, as Always does at each mount.
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ $component }}
      image: {{ include "portcullis.image" . | quote }}
      imagePullPolicy: {{ $v.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      ports:
        {{- range $service := splitList " " (include "portcullis.servicesOf" $component) }}
        - {name: {{ $service }}-http, containerPort: {{ include "portcullis.httpPort" $service }}, protocol: TCP}
        - {name: {{ $service }}-grpc, containerPort: {{ include "portcullis.grpcPort" $service }}, protocol: TCP}
        {{- end }}
      env: {{- include "portcullis.environment" . | nindent 8 }}
      volumeMounts: {{- include "portcullis.mounts" . | nindent 8 }}
      resources: {{- toYaml $own.resources | nindent 8 }}
      {{- include "portcullis.probes" . | nindent 6 }}
      # The pod is taken out of the Service while this sleeps, so nobody asks one that has begun to end.
      lifecycle:
        preStop: {sleep: {seconds: {{ $v.shutdown.delaySeconds }}}}
    {{- with $own.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes: {{- include "portcullis.volumes" . | nindent 4 }}
  {{- if and (ne $component "standalone") $v.topologySpread.enabled }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: {{ $v.topologySpread.zones }}
      nodeTaintsPolicy: Honor
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels: {{- include "portcullis.selector" . | nindent 10 }}
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      nodeTaintsPolicy: Honor
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels: {{- include "portcullis.selector" . | nindent 10 }}
  {{- end }}
  {{- with $own.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
