using System.Reflection;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>The same story, with the same assertions, on Teams, on Slack and on the local console.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEveryPlatformAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. ChatPlatform.Names.Select(name => new TheoryDataRow<string>(name))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
