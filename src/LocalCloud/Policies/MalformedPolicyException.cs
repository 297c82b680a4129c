namespace LocalCloud.Policies;

/// <summary>A policy document breaks the grammar of policies. The message says where.</summary>
internal sealed class MalformedPolicyException(string message) : Exception(message);
