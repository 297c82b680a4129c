namespace LocalCloud.Policies.Conditions;

/// <summary>How a condition treats a key with many values.</summary>
internal enum Quantifier
{
    /// <summary><c>ForAllValues:</c>, met by a request without the key.</summary>
    All,

    /// <summary><c>ForAnyValue:</c>.</summary>
    Any,
}
