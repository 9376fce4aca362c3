#!/bin/sh
# What the KafkaUser files beside it grant, by the kafka-acls.sh that comes with Kafka, which must be on the PATH. Arguments go to it as they
# are: --bootstrap-server HOST:PORT --command-config FILE.
set -eu

kafka-acls.sh "$@" --add --allow-principal User:weir-edge --operation Write --operation Describe --topic smtp-connections
kafka-acls.sh "$@" --add --allow-principal User:weir-edge --operation Read --operation Describe --topic smtp-verdicts
kafka-acls.sh "$@" --add --allow-principal User:weir-edge --operation Read --operation Describe --topic smtp-connectors
kafka-acls.sh "$@" --add --allow-principal User:weir-edge --operation Read --operation Describe --topic smtp-overrides
kafka-acls.sh "$@" --add --allow-principal User:weir-edge --operation Read --operation Describe --topic smtp-rules

kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Read --operation Describe --topic smtp-connections
kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Write --operation Describe --topic smtp-verdicts
kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Write --operation Describe --topic smtp-connections-dlq
kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Create --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic weir-engine- --resource-pattern-type prefixed
kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Read --operation Describe --operation DescribeConfigs --operation AlterConfigs --group weir-engine
kafka-acls.sh "$@" --add --allow-principal User:weir-engine --operation Write --operation Describe --transactional-id weir-engine- --resource-pattern-type prefixed

kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic smtp-connections
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic smtp-rules
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic smtp-connectors
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic smtp-overrides
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Write --operation Describe --operation DescribeConfigs --topic smtp-changes
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Describe --operation DescribeConfigs --topic smtp-verdicts
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Read --operation Describe --operation DescribeConfigs --topic smtp-connections-dlq
kafka-acls.sh "$@" --add --allow-principal User:weir-operator --operation Write --operation Describe --transactional-id weir-controls
