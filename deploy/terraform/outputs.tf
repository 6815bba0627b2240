output "gate_http" {
  description = "Where the gate is asked over HTTP."
  value       = "https://${var.name}-gate.${var.namespace}.svc:8080"
}

output "gate_grpc" {
  description = "Where the gate is asked over gRPC."
  value       = "${var.name}-gate.${var.namespace}.svc:9102"
}
