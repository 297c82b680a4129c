namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Handles one invocation.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first event: true goes on, false ends the process.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();
