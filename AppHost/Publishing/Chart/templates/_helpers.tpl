{{- /* What tells the objects of this release from those of another in the same namespace. */}}
{{- define "blockchain.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "blockchain.labels" -}}
{{ include "blockchain.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* The localnetworkid of an entry of peers.json. */}}
{{- define "blockchain.network" -}}
{{ if hasKey . "localnetworkid" }}{{ int .localnetworkid }}{{ else }}public{{ end }}
{{- end }}

{{- /* For every pod: the Pod Security Standard "restricted", and no access to the API of the cluster. */}}
{{- define "blockchain.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- with .Values.runAsUser }}
  runAsUser: {{ int64 . }}
  fsGroup: {{ int64 . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
volumes:
  - name: network
    configMap:
      name: {{ .Release.Name }}-network
  - name: tmp
    emptyDir: {}
{{- end }}

{{- /* For every container. Its mounts come last, so that a template can add one. */}}
{{- define "blockchain.container" -}}
imagePullPolicy: {{ .Values.imagePullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
envFrom:
  - configMapRef:
      name: {{ .Release.Name }}-environment
readinessProbe:
  httpGet:
    path: /health
    port: http
  periodSeconds: 5
livenessProbe:
  httpGet:
    path: /alive
    port: http
  initialDelaySeconds: 10
volumeMounts:
  - name: network
    mountPath: /etc/blockchain
    readOnly: true
  - name: tmp
    mountPath: /tmp
{{- end }}
