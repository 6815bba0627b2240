variable "name" {
  description = "Name of the Helm release."
  type        = string
  default     = "portcullis"
}

variable "namespace" {
  description = "Namespace that Portcullis runs in."
  type        = string
  default     = "portcullis"
}

variable "create_namespace" {
  description = "Whether the module makes the namespace, with the restricted Pod Security Standard."
  type        = bool
  default     = true
}

variable "chart" {
  description = "Where the chart is: a folder, as deploy/helm/portcullis of a checkout, or an OCI reference."
  type        = string
}

variable "image_registry" {
  description = "Registry and folder of the images."
  type        = string
}

variable "image_tag" {
  description = "Tag of the images; empty for the chart's version."
  type        = string
  default     = ""
}

variable "database" {
  description = "The PostgreSQL, and the Secrets with its password (key password) and its authority (key ca.crt)."
  type = object({
    host            = string
    port            = optional(number, 5432)
    name            = optional(string, "portcullis")
    user            = optional(string, "portcullis")
    password_secret = string
    ca_secret       = optional(string, "")
  })
}

variable "certificate_issuer" {
  description = "The ClusterIssuer of cert-manager that signs the services' certificates."
  type        = string
}

variable "rollback_targets" {
  description = "Namespaces in which targets may act, by target as the chart names them, as {argoRollouts = [\"shop\"]}."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = alltrue([for target in keys(var.rollback_targets) : contains(["argoCd", "argoRollouts", "deployment", "gatewayApi", "istio", "nginx"], target)])
    error_message = "Targets are argoCd, argoRollouts, deployment, gatewayApi, istio and nginx."
  }
}

variable "monitoring" {
  description = "Whether ServiceMonitors, rules and dashboards are made, and the labels by which your Prometheus chooses them."
  type = object({
    enabled = bool
    labels  = optional(map(string), {})
  })
  default = { enabled = false }
}

variable "values" {
  description = "Further values of the chart as YAML, above those that the module makes: who may call, the configuration, network policies."
  type        = list(string)
  default     = []
}
