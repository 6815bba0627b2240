# Installs the chart, and makes what it needs beside it: the namespace, and the key by which the services know each other.

resource "kubernetes_namespace_v1" "this" {
  count = var.create_namespace ? 1 : 0

  metadata {
    name = var.namespace
    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

resource "random_password" "peer_key" {
  length  = 64
  special = false
}

resource "kubernetes_secret_v1" "peer_key" {
  metadata {
    name      = "${var.name}-peer-key"
    namespace = var.namespace
  }

  data = {
    "peer.key" = random_password.peer_key.result
  }

  depends_on = [kubernetes_namespace_v1.this]
}

locals {
  values = {
    image = {
      registry = var.image_registry
      tag      = var.image_tag
    }
    database = {
      host = var.database.host
      port = var.database.port
      name = var.database.name
      user = var.database.user
      passwordSecret = {
        name = var.database.password_secret
        key  = "password"
      }
      tls = {
        mode     = "verify-full"
        caSecret = { name = var.database.ca_secret }
      }
    }
    tls = {
      mode        = "certManager"
      certManager = { issuer = { name = var.certificate_issuer } }
    }
    peerKey = { existingSecret = kubernetes_secret_v1.peer_key.metadata[0].name }
    monitoring = {
      serviceMonitor = { enabled = var.monitoring.enabled, labels = var.monitoring.labels }
      prometheusRule = { enabled = var.monitoring.enabled, labels = var.monitoring.labels }
      dashboards     = { enabled = var.monitoring.enabled }
    }
    rollback = { targets = var.rollback_targets }
  }
}

resource "helm_release" "this" {
  name             = var.name
  namespace        = var.namespace
  chart            = var.chart
  create_namespace = false
  atomic           = true
  wait             = true
  timeout          = 900

  # Later ones win: what the module knows, then what its user says.
  values = concat([yamlencode(local.values)], var.values)

  depends_on = [kubernetes_namespace_v1.this]
}
