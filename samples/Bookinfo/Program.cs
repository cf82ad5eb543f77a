using Bookinfo;
using Bookinfo.Commands;
using Bookinfo.Productpage;
using Bookinfo.Running;
using Bookinfo.Services;

// One binary for everything. Without --role it is the supervisor, which starts this same binary once per instance; "curl" and "load" are
// the two tools that Istio's task pages run inside the mesh.
if (args is ["curl", .. var curl])
{
    return await CurlCommand.RunAsync(curl);
}

if (args is ["load", .. var load])
{
    return await LoadCommand.RunAsync(load);
}

if (!BookinfoOptions.TryParse(args, out var options, out var message))
{
    Console.WriteLine(message);
    return message == BookinfoOptions.Usage ? 0 : 2;
}

return options.Role switch
{
    null => await BookinfoRun.RunAsync(options),
    "productpage" => await ProductpageService.RunAsync(options),
    "details" => await DetailsService.RunAsync(options),
    "reviews" => await ReviewsService.RunAsync(options),
    "ratings" => await RatingsService.RunAsync(options),
    "httpbin" => await HttpbinService.RunAsync(options),
    var role => throw new InvalidOperationException($"There is no role '{role}'."),
};
