namespace ServiceDeskBot.EndToEnd.Tests.Platforms;

/// <summary>As a load balancer would: each delivery reaches the next replica.</summary>
public sealed class ReplicasInTurn() : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
{
    private int _delivered;

    public IReadOnlyList<Uri> To { get; set; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (To.Count > 1)
        {
            var next = To[Interlocked.Increment(ref _delivered) % To.Count];
            request.RequestUri = new Uri(next, request.RequestUri!.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
