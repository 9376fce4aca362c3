package io.weir.http;

import io.weir.config.Role;

/**
 * Who asks.
 *
 * @param name as the audit log has it
 */
record Caller(String name, Role role) {}
